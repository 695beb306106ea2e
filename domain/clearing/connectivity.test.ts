import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterHeartbeat, type Beat, HEARTBEAT_STALE_MS, institutionState, type Layers, layersAt } from './connectivity';

const START_MS = Date.UTC(2026, 10, 23);

function beats(pattern: string, from: Partial<Beat> = {}): Beat[] {
  return [...pattern].map((mark, i) => ({
    line: 'dc1',
    layer: 'network',
    sentAtMs: START_MS + i * 10_000,
    ok: mark === '1',
    planned: false,
    ...from,
  }));
}
const fold = (all: readonly Beat[], layers: Layers = {}) => all.reduce(afterHeartbeat, layers);
const networkAfter = (pattern: string) => fold(beats(pattern)).network?.state;

describe('connectivity from heartbeats', () => {
  test('one lost heartbeat is no outage; three of five are', () => {
    expect(networkAfter('11111')).toBe('up');
    expect(networkAfter('1111011')).toBe('up');
    expect(networkAfter('11100')).toBe('degraded');
    expect(networkAfter('110100')).toBe('down');
    expect(networkAfter('11000')).toBe('down');
  });

  test('a line that was down is only up after three answers in a row', () => {
    expect(networkAfter('1100011')).toBe('down');
    expect(networkAfter('11000111')).toBe('up');
    expect(networkAfter('110001101')).toBe('down');
  });

  test('late and repeated heartbeats change nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), fc.nat(), (marks, pick) => {
        const all = beats(marks.map(Number).join(''));
        const layers = fold(all);
        const again = all[pick % all.length] as Beat;
        expect(afterHeartbeat(layers, again)).toEqual(layers);
        expect(afterHeartbeat(layers, { ...again, ok: !again.ok })).toEqual(layers);
      }),
    );
  });

  test('a second line that answers keeps the layer from being down', () => {
    const layers = fold([...beats('11000'), ...beats('11111', { line: 'dc2' })]);
    expect(layersAt(layers, START_MS + 60_000).network?.state).toBe('degraded');
  });

  test('a line that says nothing any more is unknown, never up', () => {
    const layers = layersAt(fold(beats('11111')), START_MS + 40_000 + HEARTBEAT_STALE_MS);
    expect(layers.network?.state).toBe('unknown');
    expect(institutionState({ layers, expectedSinceLast: 0 })).toBe('unknown');
    expect(institutionState({ layers: {}, expectedSinceLast: null })).toBe('unknown');
  });

  test('an announced stop is planned, not down', () => {
    const layers = fold(beats('11000', { planned: true }));
    expect(institutionState({ layers, expectedSinceLast: 100 })).toBe('planned');
  });

  test('heartbeats without the traffic that was expected are silence; without a baseline nothing is claimed', () => {
    const layers = fold(beats('11111'));
    expect(institutionState({ layers, expectedSinceLast: 13.9 })).toBe('silent');
    expect(institutionState({ layers, expectedSinceLast: 13.7 })).toBe('up');
    expect(institutionState({ layers, expectedSinceLast: null })).toBe('up');
    expect(institutionState({ layers: fold(beats('11000')), expectedSinceLast: 99 })).toBe('down');
  });
});

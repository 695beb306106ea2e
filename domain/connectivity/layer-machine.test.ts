import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterLayerBeat, HYSTERESIS, type LayerMemory, type LayerState } from './layer-machine';

const STEP_MS = 10_000;
const marks = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });

function history(pattern: readonly boolean[]): LayerMemory[] {
  const seen: LayerMemory[] = [];
  for (const [i, ok] of pattern.entries()) seen.push(afterLayerBeat(seen.at(-1), { atMs: (i + 1) * STEP_MS, ok }));
  return seen;
}
const states = (pattern: readonly boolean[]): LayerState[] => history(pattern).map(({ state }) => state);
const last = (text: string) => states([...text].map((mark) => mark === '1')).at(-1);

describe('a layer follows its last five heartbeats', () => {
  test('one lost heartbeat is no outage; two of five degrade; three of five take it down; three answers in a row bring it back', () => {
    expect(last('1111011')).toBe('up');
    expect(last('11100')).toBe('degraded');
    expect(last('110100')).toBe('down');
    expect(last('1100011')).toBe('down');
    expect(last('11000111')).toBe('up');
    expect(last('110001101')).toBe('down');
  });

  test('it is down only after three failures of the last five, and whatever came before, three failures in a row take it down', () => {
    fc.assert(
      fc.property(marks, (pattern) => {
        states(pattern).forEach((state, i) => {
          const recent = pattern.slice(Math.max(0, i - HYSTERESIS.watched + 1), i + 1);
          const failures = recent.filter((ok) => !ok).length;
          if (failures >= HYSTERESIS.down) expect(state).toBe('down');
          if (state === 'down' && states(pattern)[i - 1] !== 'down') expect(failures).toBeGreaterThanOrEqual(HYSTERESIS.down);
        });
      }),
    );
  });

  test('it leaves down only on three answers in a row, and five answers in a row always mean up', () => {
    fc.assert(
      fc.property(marks, (pattern) => {
        const all = states(pattern);
        all.forEach((state, i) => {
          if (i > 0 && all[i - 1] === 'down' && state !== 'down') expect(pattern.slice(i - 2, i + 1)).toEqual([true, true, true]);
        });
        expect(states([...pattern, true, true, true, true, true]).at(-1)).toBe('up');
      }),
    );
  });

  test('it cannot flap faster than its rule: from leaving down to being down again take at least three beats', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 120 }), (pattern) => {
        const all = states(pattern);
        const left = all.flatMap((state, i) => (i > 0 && all[i - 1] === 'down' && state !== 'down' ? [i] : []));
        for (const i of left) expect(all.slice(i, i + 1)).not.toContain('down');
        const entered = all.flatMap((state, i) => (state === 'down' && all[i - 1] !== 'down' ? [i] : []));
        entered.slice(1).forEach((at, n) => {
          expect(at - (entered[n] as number)).toBeGreaterThanOrEqual(HYSTERESIS.recovery + 1);
        });
      }),
    );
  });

  test('late and repeated heartbeats change nothing, and since when is when the state last changed', () => {
    fc.assert(
      fc.property(marks, fc.nat(), fc.boolean(), (pattern, pick, ok) => {
        const all = history(pattern);
        const end = all.at(-1) as LayerMemory;
        expect(afterLayerBeat(end, { atMs: ((pick % pattern.length) + 1) * STEP_MS, ok })).toEqual(end);
        const first = all.findLastIndex(({ state }, i) => i === 0 || all[i - 1]?.state !== state);
        expect(end.sinceMs).toBe((first + 1) * STEP_MS);
      }),
    );
  });
});

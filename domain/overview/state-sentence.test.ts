import { describe, expect, test } from 'vitest';
import { type PlatformFacts, stateSentence } from './state-sentence';

const since = new Date('2026-11-23T09:41:00Z');
const well: PlatformFacts = {
  dataAt: new Date('2026-11-23T09:46:52Z'),
  lagMs: 1400,
  payments: { now: 1006n, before: 1000n },
  systemSuccessPpm: 996_200,
  down: [],
  silent: [],
  degraded: [],
  mismatches: 0,
};

describe('the state of the platform', () => {
  test('a platform without any data says so and nothing else', () => {
    expect(stateSentence({ ...well, dataAt: null, down: [{ id: 1, since }] })).toEqual({
      severity: 'info',
      opening: { key: 'empty' },
      clauses: [],
    });
  });

  test('all well is one clause', () => {
    expect(stateSentence(well)).toEqual({ severity: 'info', opening: { key: 'steady', traffic: 'level' }, clauses: [] });
  });

  test('one institution is named with its time, several are counted', () => {
    const sentence = stateSentence({ ...well, down: [{ id: 7, since }], silent: [1, 2].map((id) => ({ id, since })) });
    expect(sentence.severity).toBe('major');
    expect(sentence.clauses).toEqual([
      { key: 'one', state: 'down', subject: { id: 7, since } },
      { key: 'many', state: 'silent', count: 2 },
    ]);
  });

  test('only the worst two are said, and books that do not balance come before silence', () => {
    const some = [1, 2].map((id) => ({ id, since }));
    const sentence = stateSentence({ ...well, down: some, silent: some, degraded: some, mismatches: 3 });
    expect(sentence.clauses.map((clause) => clause.key)).toEqual(['many', 'mismatch']);
    expect(sentence.severity).toBe('critical');
  });

  test('technical failures above one percent are the platform’s own trouble', () => {
    expect(stateSentence({ ...well, systemSuccessPpm: 990_000 }).opening.key).toBe('steady');
    expect(stateSentence({ ...well, systemSuccessPpm: 989_999 })).toMatchObject({ severity: 'critical', opening: { key: 'failing' } });
  });

  test('traffic is level up to five percent either way, and says by how much beyond', () => {
    const opening = (now: bigint, before: bigint | null) => stateSentence({ ...well, payments: { now, before } }).opening;
    expect(opening(1050n, 1000n)).toEqual({ key: 'steady', traffic: 'level' });
    expect(opening(1300n, 1000n)).toEqual({ key: 'steady', traffic: 'above', percent: 30 });
    expect(opening(0n, 1000n)).toEqual({ key: 'steady', traffic: 'below', percent: 100 });
    expect(opening(10n, 0n)).toEqual({ key: 'steady', traffic: 'alone' });
    expect(opening(10n, null)).toEqual({ key: 'steady', traffic: 'alone' });
  });

  test('no payments is idle, never a hundred percent', () => {
    expect(stateSentence({ ...well, systemSuccessPpm: null }).opening).toEqual({ key: 'idle' });
  });

  test('figures that lag a minute behind open with the lag', () => {
    expect(stateSentence({ ...well, lagMs: 61_000 })).toMatchObject({ severity: 'major', opening: { key: 'behind', lagMs: 61_000 } });
  });
});

import { expect, test } from 'vitest';
import { latestNotices } from './notices';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute));
const check = { tier: 'platform_minute', finishedAt: at(3), buckets: 10, rawCount: 5n, rollupCount: 5n, mismatches: 0 };
const burst = { institutionId: 4, reason: 'amount-scale', lines: 3, lastAt: at(9) };

test('worst first, newest first among equals', () => {
  const notices = latestNotices({
    states: [
      { institutionId: 1, state: 'degraded', since: at(8), worstLayer: null },
      { institutionId: 2, state: 'down', since: at(1), worstLayer: 'application' },
      { institutionId: 3, state: 'silent', since: at(2), worstLayer: null },
    ],
    checks: [],
    bursts: [burst],
  });
  expect(notices.map((notice) => 'institutionId' in notice && notice.institutionId)).toEqual([3, 2, 1, 4]);
});

test('roll-ups that agree with their rows are one notice, as old as the oldest check; one that differs stands alone and first', () => {
  const older = { ...check, tier: 'pair_hour', finishedAt: at(1), buckets: 4 };
  const wrong = { ...check, tier: 'pair_day', rollupCount: 4n, mismatches: 1 };
  expect(latestNotices({ states: [], checks: [check, older, wrong], bursts: [] })).toEqual([
    { kind: 'check', severity: 'critical', at: at(3), ...wrong },
    { kind: 'books', severity: 'info', at: at(1), tiers: 2, buckets: 14 },
  ]);
});

test('a hundred lines of one reason in a day are more than a slip', () => {
  const severities = [99, 100].map((lines) => latestNotices({ states: [], checks: [], bursts: [{ ...burst, lines }] })[0]?.severity);
  expect(severities).toEqual(['minor', 'major']);
});

test('many institutions of which nothing is known are one notice, a few stand each by itself', () => {
  const unknown = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ institutionId: n, state: 'unknown' as const, since: at(n % 7), worstLayer: null }));
  const kinds = (count: number) => latestNotices({ states: unknown(count), checks: [], bursts: [] }).map(({ kind }) => kind);
  expect(kinds(3)).toEqual(['state', 'state', 'state']);
  expect(latestNotices({ states: unknown(442), checks: [], bursts: [] })).toEqual([
    { kind: 'unheard', severity: 'minor', at: at(6), institutions: 442 },
  ]);
});

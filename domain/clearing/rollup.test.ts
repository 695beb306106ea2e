import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeHistograms } from './latency-histogram';
import { type PaymentFact, Rollup, type RollupDelta, statusClass, TIERS } from './rollup';
import { BUSINESS_TYPES, ROUTES, TRANSACTION_STATUSES, type TransactionStatus } from './transaction';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 23, 15);

const facts: fc.Arbitrary<PaymentFact> = fc.record({
  acceptedAtMs: fc.integer({ min: START_MS, max: START_MS + 3 * HOUR_MS }),
  currency: fc.constantFrom('CNY', 'USD'),
  businessType: fc.constantFrom(...BUSINESS_TYPES.slice(0, 2)),
  route: fc.constantFrom(...ROUTES),
  payerId: fc.integer({ min: 1, max: 3 }),
  intermediaryId: fc.option(fc.integer({ min: 4, max: 5 })),
  payeeId: fc.integer({ min: 1, max: 3 }),
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
});
const statuses = fc.constantFrom(...TRANSACTION_STATUSES);
/** A payment's whole life: its first status, then the ones it moved to. */
const lives = fc.record({
  fact: facts,
  path: fc.array(statuses, { minLength: 1, maxLength: 4 }),
  latencyMs: fc.option(fc.integer({ min: 0, max: 9000 })),
});
type Step = (rollup: Rollup) => void;

function stepsOf(life: { fact: PaymentFact; path: TransactionStatus[]; latencyMs: number | null }): Step[] {
  const { fact, path, latencyMs } = life;
  return path.map((to, i) =>
    i === 0
      ? (rollup) => rollup.addPayment(fact, to, latencyMs)
      : (rollup) => rollup.movePayment(fact, path[i - 1] as TransactionStatus, to),
  );
}

function sums(rollups: readonly Rollup[]): Map<string, RollupDelta> {
  const total = new Map<string, RollupDelta>();
  for (const rollup of rollups)
    for (const tier of TIERS)
      for (const delta of rollup.deltas(tier)) {
        const id = [tier, delta.bucket, ...delta.key].join('|');
        const had = total.get(id);
        total.set(id, {
          bucket: delta.bucket,
          key: delta.key,
          succeeded: (had?.succeeded ?? 0) + delta.succeeded,
          declined: (had?.declined ?? 0) + delta.declined,
          failed: (had?.failed ?? 0) + delta.failed,
          unknown: (had?.unknown ?? 0) + delta.unknown,
          amountMinor: (had?.amountMinor ?? 0n) + delta.amountMinor,
          latency: mergeHistograms(had?.latency ?? [], delta.latency),
        });
      }
  return total;
}

const nonZero = (map: Map<string, RollupDelta>) =>
  Object.fromEntries(
    [...map].filter(([, d]) => d.succeeded || d.declined || d.failed || d.unknown || d.amountMinor || d.latency.length).sort(),
  );

describe('a roll-up', () => {
  test('comes to the same figures in any order of rows and any split into chunks', () => {
    fc.assert(
      fc.property(fc.array(lives, { maxLength: 30 }), fc.infiniteStream(fc.nat(5)), (all, picks) => {
        const steps = all.flatMap(stepsOf);
        const whole = new Rollup({ keepMinutesFromMs: 0 });
        for (const step of steps) step(whole);
        const chunks = Array.from({ length: 6 }, () => new Rollup({ keepMinutesFromMs: 0 }));
        const shuffled = steps
          .map((step) => ({ step, chunk: picks.next().value as number }))
          .toSorted((a, b) => a.chunk - b.chunk)
          .reverse();
        for (const { step, chunk } of shuffled) step(chunks[chunk] as Rollup);
        expect(nonZero(sums(chunks))).toEqual(nonZero(sums([whole])));
      }),
    );
  });

  test('counts every payment once in each tier, with the amount of succeeded ones only', () => {
    fc.assert(
      fc.property(fc.array(lives, { maxLength: 30 }), (all) => {
        const rollup = new Rollup({ keepMinutesFromMs: 0 });
        for (const life of all) for (const step of stepsOf(life)) step(rollup);
        const last = all.map((life) => statusClass(life.path.at(-1) as TransactionStatus));
        const amount = all.reduce((sum, life, i) => (last[i] === 'succeeded' ? sum + life.fact.amountMinor : sum), 0n);
        for (const tier of TIERS) {
          // An institution tier counts a payment for each of its sides; the payer's is the one that always exists once.
          const deltas = rollup.deltas(tier).filter((delta) => !tier.startsWith('institution') || delta.key[1] === 'payer');
          for (const as of ['succeeded', 'declined', 'failed', 'unknown'] as const)
            expect(deltas.reduce((sum, delta) => sum + delta[as], 0)).toBe(last.filter((one) => one === as).length);
          expect(deltas.reduce((sum, delta) => sum + delta.amountMinor, 0n)).toBe(amount);
        }
      }),
    );
  });

  test('puts a payment into the business day of UTC+8', () => {
    const rollup = new Rollup({ keepMinutesFromMs: 0 });
    const fact = { currency: 'CNY', businessType: 'payout', route: 'cleared', payerId: 1, intermediaryId: null, payeeId: 2 } as const;
    rollup.addPayment({ ...fact, amountMinor: 5n, acceptedAtMs: Date.parse('2026-11-22T23:59:59.999+08:00') }, 'succeeded', 12);
    rollup.addPayment({ ...fact, amountMinor: 7n, acceptedAtMs: Date.parse('2026-11-23T00:00:00+08:00') }, 'succeeded', 12);
    const day = Date.parse('2026-11-23T00:00:00Z') / 86_400_000;
    expect(rollup.deltas('pair_day').map(({ bucket, amountMinor }) => [bucket - day, amountMinor])).toEqual([
      [-1, 5n],
      [0, 7n],
    ]);
  });

  test('leaves payments older than the kept span out of the institutions’ minutes, and only there', () => {
    const rollup = new Rollup({ keepMinutesFromMs: START_MS });
    const fact = { currency: 'CNY', businessType: 'payout', route: 'cleared', payerId: 1, intermediaryId: null, payeeId: 2 } as const;
    rollup.addPayment({ ...fact, amountMinor: 5n, acceptedAtMs: START_MS - 1 }, 'succeeded', null);
    expect(rollup.deltas('institution_minute')).toEqual([]);
    expect(rollup.deltas('institution_hour')).toHaveLength(2);
  });
});

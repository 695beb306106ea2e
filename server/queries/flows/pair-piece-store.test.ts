import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alignToHours } from '@/domain/flows/aligned-range';
import { COMPARES } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { pairFlows } from './pair-flows';

const HOUR = 3_600_000;
const dataAt = new Date('2026-11-23T20:13:42+08:00');
const overseer = testActor();
const TYPES = ['payout', 'refund', 'barcode'] as const;

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 4);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

type Change = { hoursAgo: number; payer: number; payee: number; type: (typeof TYPES)[number]; minor: bigint; counts: readonly number[] };

const change: fc.Arbitrary<Change> = fc.record({
  hoursAgo: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 24 * 45 })),
  payer: fc.integer({ min: 1, max: 4 }),
  payee: fc.integer({ min: 1, max: 4 }),
  type: fc.constantFrom(...TYPES),
  minor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  counts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
});

const question = fc.record({
  hours: fc.constantFrom(1, 5, 24, 25, 7 * 24, 30 * 24 + 5),
  endsHoursAgo: fc.constantFrom(0, 0, 0, 1, 30),
  compare: fc.constantFrom(...COMPARES),
  types: fc.constantFrom([], ['payout'], ['refund', 'payout']) as fc.Arbitrary<(typeof TYPES)[number][]>,
  institutionId: fc.constantFrom(null, null, 1, 2),
});

describe('kept pairs', () => {
  test('are at every moment what the roll-up rows add up to, whatever late payments change them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.array(change, { maxLength: 4 }), question), { minLength: 6, maxLength: 10 }), async (steps) => {
        for (const [changes, asked] of steps) {
          for (const one of changes) await write(one);
          const to = new Date(dataAt.getTime() - asked.endsHoursAgo * HOUR);
          const range = { from: new Date(to.getTime() - asked.hours * HOUR), to };
          const filter = { aligned: alignToHours({ range, dataAt, compare: asked.compare }), currency: 'CNY', types: asked.types };
          const flows = await pairFlows({ ...overseer, institutionId: asked.institutionId }, filter);
          expect(new Map(flows.map((flow) => [`${flow.payerId} ${flow.payeeId}`, flow]))).toEqual(await fromTheRows(asked, filter));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('read for the platform are never shown to an institution, nor one institution’s to another', async () => {
    for (const payer of [1, 2, 3, 4])
      for (const payee of [1, 2, 3, 4]) await write({ hoursAgo: 2, payer, payee, type: 'payout', minor: 5n, counts: [1, 0, 0, 0] });
    const range = { from: new Date(dataAt.getTime() - 24 * HOUR), to: dataAt };
    const filter = { aligned: alignToHours({ range, dataAt, compare: 'weekday' }), currency: 'CNY', types: [] };
    const seenBy = async (institutionId: number | null) => await pairFlows({ ...overseer, institutionId } as Actor, filter);
    for (const institutionId of [null, 1, 2, null, 2, 1] as const) {
      const flows = await seenBy(institutionId);
      const foreign = flows.filter((flow) => institutionId !== null && flow.payerId !== institutionId && flow.payeeId !== institutionId);
      expect(foreign).toEqual([]);
      expect(flows).toHaveLength(institutionId === null ? 16 : 7);
    }
  });
});

/** As the monitor does: hour, day and version in one transaction. */
async function write({ hoursAgo, payer, payee, type, minor, counts }: Change): Promise<void> {
  const at = new Date(Math.floor(dataAt.getTime() / HOUR - hoursAgo) * HOUR);
  await home.pool.query(
    `with hourly as (
       insert into pair_hour as h values ($1, $2, $3, 'CNY', $4, $5, $6, $7, $8, $9)
       on conflict (hour, payer_institution_id, payee_institution_id, currency, business_type) do update
       set succeeded = h.succeeded + excluded.succeeded, declined = h.declined + excluded.declined, failed = h.failed + excluded.failed,
         unknown = h.unknown + excluded.unknown, amount_minor = h.amount_minor + excluded.amount_minor
     ), daily as (
       insert into pair_day as d values (($1::timestamptz at time zone 'Asia/Shanghai')::date, $2, $3, 'CNY', $4, $5, $6, $7, $8, $9)
       on conflict (day, payer_institution_id, payee_institution_id, currency, business_type) do update
       set succeeded = d.succeeded + excluded.succeeded, declined = d.declined + excluded.declined, failed = d.failed + excluded.failed,
         unknown = d.unknown + excluded.unknown, amount_minor = d.amount_minor + excluded.amount_minor
     )
     insert into pair_hour_version (hour) values ($1) on conflict (hour) do update set version = gen_random_uuid()`,
    [at, payer, payee, type, ...counts, minor.toString()],
  );
}

/** The same question put to the hours, all of them, every time. */
async function fromTheRows(
  asked: { institutionId: number | null; types: readonly string[] },
  { aligned }: Parameters<typeof pairFlows>[1],
) {
  const within = (range: { from: Date; to: Date } | undefined) =>
    range ? `hour >= '${range.from.toISOString()}' and hour < '${range.to.toISOString()}'` : 'false';
  const compared = aligned.before !== undefined;
  const sum = (what: string, range: Parameters<typeof within>[0]) => `coalesce(sum(${what}) filter (where ${within(range)}), 0)::text`;
  const all = 'succeeded + declined + failed + unknown';
  const { rows } = await home.pool.query(
    `select payer_institution_id as payer, payee_institution_id as payee,
       ${['amount_minor', 'succeeded', 'declined', 'failed', 'unknown'].map((what) => `${sum(what, aligned.range)} as ${what}`).join(', ')},
       ${sum('amount_minor', compared ? aligned.ended : undefined)} as ended_amount, ${sum(all, compared ? aligned.ended : undefined)} as ended_payments,
       ${sum('amount_minor', aligned.before)} as before_amount, ${sum(all, aligned.before)} as before_payments
     from pair_hour
     where (${within(aligned.range)} or ${within(aligned.before)})
       and currency = 'CNY'
       and ($1::text[] = '{}' or business_type::text = any($1::text[]))
       and ($2::integer is null or payer_institution_id = $2 or payee_institution_id = $2)
     group by 1, 2`,
    [asked.types, asked.institutionId],
  );
  return new Map(
    rows.map((row) => [
      `${row.payer} ${row.payee}`,
      {
        payerId: row.payer,
        payeeId: row.payee,
        amount: BigInt(row.amount_minor),
        succeeded: BigInt(row.succeeded),
        declined: BigInt(row.declined),
        failed: BigInt(row.failed),
        unknown: BigInt(row.unknown),
        endedAmount: BigInt(row.ended_amount),
        endedPayments: BigInt(row.ended_payments),
        beforeAmount: BigInt(row.before_amount),
        beforePayments: BigInt(row.before_payments),
      },
    ]),
  );
}

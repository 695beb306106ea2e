import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import type { ClientBase } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ClearingRecord, type Debit, matchDebits } from '@/domain/cut-over/matching';
import { freshDatabase } from '@/server/testing/fresh-database';
import type { FaultPoint } from '../follow';
import { insertOutcomes, insertPayments, inTransaction, payment } from '../testing/feed-rows';
import { followToEnd } from '../testing/follow-to-end';
import { matchingConsumer } from './matching-consumer';

const [BANK, PAY_A, PAY_B] = [1, 2, 3];
/** Around midnight in business time, so that days part within the stretch. */
const ORIGIN_MS = Date.parse('2026-11-20T23:50:00+08:00');

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.PoolClient;
beforeAll(async () => {
  db = await freshDatabase();
  await db.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, (case when n = 1 then 'bank' else 'payment' end)::institution_kind, 'other', 'I' || n, 'I' || n, 'I' || n, 'I' || n
     from generate_series(1, 3) as n`,
  );
  for (const table of ['bank_debit', 'clearing_transaction'])
    await db.pool.query(`select ensure_partition($1::regclass, $2::timestamptz + d * interval '1 day') from generate_series(-1, 1) as d`, [
      table,
      new Date(ORIGIN_MS),
    ]);
  client = await db.pool.connect();
});
afterAll(async () => {
  client.release();
  await db.drop();
});
beforeEach(() =>
  db.pool.query(
    'truncate bank_debit, debit_verdict, cut_over_day, clearing_transaction, transaction_outcome, feed_batch, monitor_watermark cascade',
  ),
);

type MadeDebit = {
  readonly n: number;
  readonly second: number;
  readonly minor: bigint;
  readonly institution: number;
  readonly record: number | null;
  readonly agreement: string | null;
};
type MadeRecord = {
  readonly n: number;
  readonly second: number;
  readonly minor: bigint;
  readonly institution: number;
  readonly succeeds: 'at once' | 'later' | 'never' | 'and fails';
};

const keyOf = (kind: 'd' | 'r', n: number) => {
  const hex = createHash('sha256').update(`${kind}${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

async function sendDebits(tx: ClientBase, debits: readonly MadeDebit[]): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt)
     values (1, 'debits', $1, $2, $3, 0, 0, '') returning id::text as id`,
    [randomUUID(), Buffer.alloc(32), debits.length],
  );
  for (const { n, second, minor, institution, record, agreement } of debits)
    await tx.query(
      `insert into bank_debit (debit_key, debited_at, batch_id, line_no, serial, bank_id, institution_id, business_type, amount_minor, currency,
         transaction_key, transaction_id, agreement_no)
       values ($1, $2, $3, 1, $4, $5, $6, 'agreement', $7, 'CNY', $8, $9, $10)`,
      [
        keyOf('d', n),
        new Date(ORIGIN_MS + second * 1000),
        rows[0]?.id,
        `S${n}`,
        BANK,
        institution,
        minor.toString(),
        record === null ? null : keyOf('r', record),
        record === null ? null : `T${record}`,
        agreement,
      ],
    );
}

const sendRecords = (tx: ClientBase, records: readonly MadeRecord[]) =>
  insertPayments(
    tx,
    records.map(({ n, second, minor, institution, succeeds }) =>
      payment({
        key: keyOf('r', n),
        acceptedAt: new Date(ORIGIN_MS + second * 1000),
        amountMinor: minor,
        payerId: BANK,
        payeeId: institution,
        status: succeeds === 'at once' || succeeds === 'and fails' ? 'succeeded' : 'unknown',
      }),
    ),
  );

/** Until nothing is left: a batch is taken once every older transaction of the whole server has ended, those of other tests included. */
async function follow(at?: (point: FaultPoint) => void): Promise<void> {
  await followToEnd(client, { consumers: [matchingConsumer], nowMs: Date.now(), rowsMax: 5, ...(at ? { at } : {}) });
}

async function storedVerdicts() {
  const { rows } = await db.pool.query<{ key: string; reason: string; record: string | null }>(
    'select debit_key as key, reason, transaction_key as record from debit_verdict order by 1',
  );
  return rows.map(({ key, reason, record }) => [key, reason, record]);
}

function expected(debits: readonly MadeDebit[], records: readonly MadeRecord[]) {
  const shared = { bankId: BANK, businessType: 'agreement', currency: 'CNY' } as const;
  const verdicts = matchDebits(
    debits.map(
      ({ n, second, minor, institution, record, agreement }): Debit => ({
        ...shared,
        key: keyOf('d', n),
        atMicros: (ORIGIN_MS + second * 1000) * 1000,
        amountMinor: minor,
        institutionId: institution,
        reference: record === null ? null : keyOf('r', record),
        agreementNo: agreement,
      }),
    ),
    records
      .filter(({ succeeds }) => succeeds === 'at once' || succeeds === 'later')
      .map(
        ({ n, second, minor, institution }): ClearingRecord => ({
          ...shared,
          key: keyOf('r', n),
          atMicros: (ORIGIN_MS + second * 1000) * 1000,
          amountMinor: minor,
          institutionId: institution,
          agreementNo: null,
        }),
      ),
  );
  return [...verdicts]
    .map(([key, verdict]) => [key, verdict.reason, verdict.kind === 'matched' ? verdict.record.key : null])
    .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
}

/** The sums, from the rows alone. */
const RECOUNTED = `
  with record as (
    select payee_institution_id as institution_id, payer_institution_id as bank_id, business_type, currency, amount_minor, transaction_key,
      (accepted_at at time zone 'Asia/Shanghai')::date as day
    from clearing_transaction where status = 'succeeded' and route = 'cleared'
  ), debit as (
    select d.*, v.verdict, v.transaction_key as record_key, v.record_institution_id, (d.debited_at at time zone 'Asia/Shanghai')::date as day
    from bank_debit d join debit_verdict v using (debit_key)
  ), piece as (
    select institution_id, day, 1 as cleared, 0 as confirmed, 0 as debit, 0 as residual, 0 as nested, amount_minor as cleared_minor, 0::bigint as residual_minor from record
    union all select r.institution_id, r.day, 0, 1, 0, 0, 0, 0, 0 from record r join debit d on d.record_key = r.transaction_key
    union all select institution_id, day, 0, 0, 1, (verdict = 'residual')::int, (record_institution_id is distinct from institution_id and record_institution_id is not null)::int, 0, case when verdict = 'residual' then amount_minor else 0 end from debit
  )
  select institution_id, day::text as day, sum(cleared)::int as cleared, sum(confirmed)::int as confirmed, sum(debit)::int as debit, sum(residual)::int as residual, sum(nested)::int as nested,
    sum(cleared_minor)::text as cleared_minor, sum(residual_minor)::text as residual_minor
  from piece group by 1, 2 order by 1, 2`;
const KEPT = `
  select institution_id, day::text as day, cleared_count::int as cleared, confirmed_count::int as confirmed, debit_count::int as debit, residual_count::int as residual, nested_count::int as nested,
    cleared_minor::text as cleared_minor, residual_minor::text as residual_minor
  from cut_over_day where (cleared_count, debit_count) <> (0, 0) order by 1, 2`;

const someWorld = fc.record({
  debits: fc.uniqueArray(
    fc.record({
      n: fc.integer({ min: 0, max: 30 }),
      second: fc.integer({ min: 0, max: 1_200 }),
      minor: fc.constantFrom(100n, 200n),
      institution: fc.constantFrom(PAY_A, PAY_A, PAY_B),
      record: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null, freq: 2 }),
      agreement: fc.constantFrom(null, 'A'),
    }),
    { selector: ({ n }) => n, maxLength: 20 },
  ),
  records: fc.uniqueArray(
    fc.record({
      n: fc.integer({ min: 0, max: 20 }),
      second: fc.integer({ min: 0, max: 1_200 }),
      minor: fc.constantFrom(100n, 200n),
      institution: fc.constantFrom(PAY_A, PAY_A, PAY_B),
      succeeds: fc.constantFrom('at once', 'at once', 'later', 'never', 'and fails'),
    }) as fc.Arbitrary<MadeRecord>,
    { selector: ({ n }) => n, maxLength: 20 },
  ),
});

describe('the follower of bank debits', () => {
  test('ends in the verdicts and sums of all rows at once, whatever order and batches they came in and wherever it was killed', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        someWorld.chain((world) => {
          type Step = { kind: 'debit'; of: MadeDebit } | { kind: 'record'; of: MadeRecord };
          const steps: Step[] = [
            ...world.debits.map((of): Step => ({ kind: 'debit', of })),
            ...world.records.map((of): Step => ({ kind: 'record', of })),
          ];
          return fc.record({
            world: fc.constant(world),
            steps: fc.shuffledSubarray(steps, { minLength: steps.length }),
            sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 50, maxLength: 50 }),
            kills: fc.array(fc.constantFrom<FaultPoint | null>(null, null, 'rows read', 'consumers written', 'watermark moved'), {
              minLength: 50,
              maxLength: 50,
            }),
          });
        }),
        async ({ world, steps, sizes, kills }) => {
          await db.pool.query(
            'truncate bank_debit, debit_verdict, cut_over_day, clearing_transaction, transaction_outcome, feed_batch, monitor_watermark cascade',
          );
          const waiting = [...steps];
          for (let round = 0; waiting.length > 0; round++) {
            const part = waiting.splice(0, sizes[round % sizes.length]);
            const debits = part.flatMap((step) => (step.kind === 'debit' ? [step.of] : []));
            const records = part.flatMap((step) => (step.kind === 'record' ? [step.of] : []));
            if (debits.length > 0) await inTransaction(db.pool, (tx) => sendDebits(tx, debits));
            if (records.length > 0) await inTransaction(db.pool, (tx) => sendRecords(tx, records));
            const outcomes = records.flatMap(({ n, succeeds }): { key: string; to: 'succeeded' | 'failed' }[] =>
              succeeds === 'later'
                ? [{ key: keyOf('r', n), to: 'succeeded' as const }]
                : succeeds === 'and fails'
                  ? [{ key: keyOf('r', n), to: 'failed' as const }]
                  : [],
            );
            // Sometimes followed in between, sometimes payment and outcome at once.
            if (round % 2 === 0) await follow();
            if (outcomes.length > 0) await inTransaction(db.pool, (tx) => insertOutcomes(tx, outcomes));
            const kill = kills[round % kills.length];
            if (kill)
              await follow((point) => {
                if (point === kill) throw new Error('killed');
              }).catch(() => {});
          }
          await follow();
          expect(await storedVerdicts()).toEqual(expected(world.debits, world.records));
          expect((await db.pool.query(KEPT)).rows).toEqual((await db.pool.query(RECOUNTED)).rows);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('sees a debit under another institution than its clearing record as nested, in the cell that the bank names', async () => {
    await inTransaction(db.pool, (tx) => sendRecords(tx, [{ n: 1, second: 0, minor: 500n, institution: PAY_B, succeeds: 'at once' }]));
    await inTransaction(db.pool, (tx) =>
      sendDebits(tx, [{ n: 1, second: 1, minor: 500n, institution: PAY_A, record: 1, agreement: null }]),
    );
    await follow();
    const { rows } = await db.pool.query(
      'select institution_id, nested_count::int as nested, confirmed_count::int as confirmed, residual_count::int as residual from cut_over_day order by 1',
    );
    expect(rows).toEqual([
      { institution_id: PAY_A, nested: 1, confirmed: 0, residual: 0 },
      { institution_id: PAY_B, nested: 0, confirmed: 1, residual: 0 },
    ]);
  });

  test('counts a payment that its own reporter calls direct apart, and never as a clearing record', async () => {
    await inTransaction(db.pool, async (tx) => {
      await insertPayments(tx, [
        payment({ acceptedAt: new Date(ORIGIN_MS), payerId: BANK, payeeId: PAY_A, amountMinor: 100n, route: 'direct' }),
      ]);
      await sendDebits(tx, [{ n: 1, second: 0, minor: 100n, institution: PAY_A, record: null, agreement: null }]);
    });
    await follow();
    const { rows } = await db.pool.query(
      'select direct_count::int as direct, cleared_count::int as cleared, residual_count::int as residual from cut_over_day',
    );
    expect(rows).toEqual([{ direct: 1, cleared: 0, residual: 1 }]);
  });
});

import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { BOOKS_WATERMARK } from '../follow';
import { insertInstitutions, insertPayments, inTransaction, payment } from '../testing/feed-rows';
import { followToEnd } from '../testing/follow-to-end';
import { settleOnce } from './settle';
import { settlementConsumer } from './settlement-consumer';

const AT_MS = Date.parse('2026-11-23T02:30:00Z');
const NOW_MS = AT_MS + 3 * 3_600_000;
const NO = '20261123-06';

let db: Awaited<ReturnType<typeof freshDatabase>>;
let monitor: pg.Client;
const paid = payment({ acceptedAt: new Date(AT_MS), amountMinor: 500n, payerId: 1, payeeId: 2 });

beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 4);
  await db.pool.query(`update institution set kind = 'clearing' where id = 3`);
  monitor = new pg.Client({ connectionString: db.url });
  await monitor.connect();
  await inTransaction(db.pool, (tx) => insertPayments(tx, [paid]));
  // A later payment: the data has passed the grace for legs.
  await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: new Date(NOW_MS), amountMinor: 1n })]));
  await db.pool.query(`select ensure_partition('leg', $1)`, [new Date(AT_MS)]);
});
afterAll(async () => {
  await monitor.end();
  await db.drop();
});

async function followAll(): Promise<void> {
  await followToEnd(monitor, { watermark: BOOKS_WATERMARK, consumers: [settlementConsumer], nowMs: NOW_MS });
}

async function settleAll(): Promise<void> {
  for (let turns = 0; turns < 100; turns++) if ((await settleOnce(monitor, NOW_MS)).sweptMinutes === 0) return;
}

async function leg(
  party: string,
  institutionId: number,
  given: { serial?: string; amount?: number; status: string; ms?: number; day?: string },
) {
  await inTransaction(db.pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count,
         first_accepted_at, last_accepted_at, receipt)
       values (1, 'legs', gen_random_uuid()::text, gen_random_uuid()::text::bytea, 1, 0, 0, $1, $1, '') returning id`,
      [new Date(AT_MS)],
    );
    const posted = new Date(AT_MS + (given.ms ?? 1_000));
    await tx.query(
      `insert into leg (transaction_key, started_at, batch_id, line_no, transaction_id, party, institution_id, reporter_id, serial, ended_at,
         posted_at, value_date, amount_minor, currency, status)
       values ($1, $2, $3, 1, 'T', $4, $5, $5, $6, $7, $7, $8, $9, 'CNY', $10)`,
      [
        paid.key,
        new Date(AT_MS),
        rows[0]?.id,
        party,
        institutionId,
        given.serial ?? party,
        posted,
        given.day ?? '2026-11-23',
        given.amount ?? 500,
        given.status,
      ],
    );
  });
}

async function openBreaks() {
  const { rows } = await db.pool.query(
    `select kind, party, session_no as no, institution_id as institution, expected_minor::int as expected, found_minor::int as found
     from settlement_break where resolved_at is null and healed_at is null order by kind, party`,
  );
  return rows;
}

test('what was there before books were kept is booked from its beginning, and nothing twice, wherever the live figures stand', async () => {
  await followToEnd(monitor, { consumers: [], nowMs: NOW_MS });
  await followAll();
  await followAll();
  const { rows } = await db.pool.query(
    `select institution_id as id, in_minor::int as came, out_minor::int as went from settlement_position where session_no = $1 order by 1`,
    [NO],
  );
  expect(rows).toEqual([
    { id: 1, came: 0, went: 500 },
    { id: 2, came: 500, went: 0 },
  ]);
});

test('legs that disagree with their payment become breaks of its session; what a late leg mends is healed', async () => {
  await leg('payer_bank', 1, { status: 'debited' });
  await leg('clearing', 3, { status: 'succeeded' });
  await followAll();
  await settleAll();
  expect(await openBreaks()).toEqual([{ kind: 'missing', party: 'payee_bank', no: NO, institution: 2, expected: 500, found: null }]);
  await leg('payee_bank', 2, { status: 'credited', amount: 450, ms: -5_000, day: '2026-11-24' });
  await leg('payer_bank', 1, { status: 'debited', serial: 'again' });
  await followAll();
  await settleAll();
  expect((await openBreaks()).map(({ kind, party, found }) => `${kind} ${party} ${found}`)).toEqual([
    'amount payee_bank 450',
    'date-cut payee_bank null',
    'duplicate payer_bank 1000',
    'order payee_bank null',
  ]);
  const healed = await db.pool.query('select kind from settlement_break where healed_at is not null');
  expect(healed.rows).toEqual([{ kind: 'missing' }]);
});

test("the agent's bookings are held against the positions, and its finality is counted from the rows", async () => {
  const entry = (institution: number, net: number, reference: string) =>
    db.pool.query(
      `insert into settlement_entry (message_key, batch_id, line_no, agent_id, institution_id, session_no, currency, net_minor, status, reversal,
         reference, booked_at, value_date, message_name, message_id)
       values (gen_random_uuid(), 1, 1, 3, $1, $2, 'CNY', $3, 'booked', false, $4, $5, '2026-11-23', 'camt.053.001.12', 'M')`,
      [institution, NO, net, reference, new Date(AT_MS + 2 * 3_600_000)],
    );
  await entry(1, -400, 'A1');
  await settleAll();
  const agent = async () =>
    (
      await db.pool.query(
        `select kind, institution_id as id, healed_at is not null as healed from settlement_break where origin = 'agent' order by id`,
      )
    ).rows;
  expect(await agent()).toEqual(
    [
      { kind: 'amount', id: 1, healed: false },
      { kind: 'missing', id: 2, healed: false },
    ].sort((a, b) => a.id - b.id),
  );
  await entry(1, -100, 'A2');
  await entry(2, 500, 'A3');
  await settleOnce(monitor, NOW_MS + 1000);
  expect((await agent()).every(({ healed }) => healed)).toBe(true);
  await db.pool.query('update clearing_transaction set final_at = $2 where transaction_key = $1', [paid.key, new Date(AT_MS + 9_000)]);
  await settleOnce(monitor, NOW_MS + 3_600_000);
  const { rows } = await db.pool.query(
    `select payments::int, final_payments::int as final, final_minor::int as minor, last_final_at as at from settlement_finality where session_no = $1`,
    [NO],
  );
  expect(rows).toEqual([{ payments: 1, final: 1, minor: 500, at: new Date(AT_MS + 9_000) }]);
});

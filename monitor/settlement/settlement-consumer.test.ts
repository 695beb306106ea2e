import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type FaultPoint, followOnce } from '../follow';
import { insertInstitutions, insertOutcomes, insertPayments, inTransaction, type PaymentRow, payment } from '../testing/feed-rows';
import { settlementConsumer } from './settlement-consumer';

const NOW_MS = Date.parse('2026-11-23T10:20:30Z');
// 02:00 to 10:00 in business time: sessions 02 to 05 of 23 November.
const FROM_MS = Date.parse('2026-11-22T18:00:00Z');
const SPAN_MS = 8 * 3_600_000;

let db: Awaited<ReturnType<typeof freshDatabase>>;
let monitor: pg.Client;
let people: [string, string];

beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 6);
  await db.pool.query(
    `select ensure_partition('clearing_transaction', d) from generate_series(timestamptz '2026-11-20', '2026-11-25', '12 hours') as d`,
  );
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into app_user (login, display_name, role, password_hash) values ('a', 'A', 'regulator', '-'), ('b', 'B', 'compliance', '-') returning id`,
  );
  people = [rows[0]?.id as string, rows[1]?.id as string];
  monitor = await connect();
});
afterAll(async () => {
  await monitor.end().catch(() => {});
  await db.drop();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: db.url, options: '-c lock_timeout=5s' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

const follow = (client: pg.Client, more: { rowsMax?: number; at?: (point: FaultPoint) => void | Promise<void> } = {}) =>
  followOnce(client, { consumers: [settlementConsumer], nowMs: NOW_MS, rowsMax: 1000, ...more });

async function followAll(client: pg.Client): Promise<void> {
  for (let turns = 0; turns < 3000; turns++) {
    if ((await follow(client)).batches > 0) continue;
    const { rows } = await client.query(`select 1 from feed_batch b
      where (b.xid, b.id) > (select coalesce(max(xid), '0'::xid8), coalesce(max(batch_id), 0) from monitor_watermark) limit 1`);
    if (rows.length === 0) return;
    await client.query('select pg_sleep(0.02)');
  }
  throw new Error('the follower never caught up');
}

/** What two people do in the console, without its checks: the database has its own. */
async function close(no: string): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    await tx.query('select 1 from settlement_session where no = $1 for update', [no]);
    const { rows } = await tx.query(
      `insert into settlement_closing (session_no, proposed_by, proposed_at, positions_digest, outcome, decided_by, decided_at)
       values ($1, $2, now(), '-', 'confirmed', $3, now()) returning id`,
      [no, ...people],
    );
    await tx.query(
      `update settlement_session set closed_at = greatest(now(), cut_off_at), closing_id = $2, closing_outcome = 'confirmed' where no = $1`,
      [no, rows[0].id],
    );
  });
}

/** Every position of every session, held against its own rows, less what later sessions took, and with what it took. */
async function differences(): Promise<unknown[]> {
  const { rows } = await db.pool.query(
    `with sides as (
       select s.no, t.currency, i.id, sum(case when i.id = t.payee_institution_id then t.amount_minor else 0 end) as came,
         sum(case when i.id = t.payer_institution_id then t.amount_minor else 0 end) as went
       from settlement_session s
       join clearing_transaction t on t.accepted_at >= s.opens_at and t.accepted_at < s.cut_off_at and t.route = 'cleared' and t.status = 'succeeded'
       join institution i on i.id in (t.payer_institution_id, t.payee_institution_id)
       group by 1, 2, 3
       union all
       select l.no, l.currency, i.id, l.by * sum(case when i.id = l.payee_institution_id then l.amount_minor * sign else 0 end),
         l.by * sum(case when i.id = l.payer_institution_id then l.amount_minor * sign else 0 end)
       from (select home_no as no, -1 as by, * from settlement_late union all select taken_no, 1, * from settlement_late) l
       join institution i on i.id in (l.payer_institution_id, l.payee_institution_id)
       group by l.no, l.currency, i.id, l.by
     ),
     rows as (select no, currency, id, sum(came) as came, sum(went) as went from sides group by 1, 2, 3)
     select coalesce(r.no, p.session_no) as no, coalesce(r.id, p.institution_id) as id, r.came, r.went, p.in_minor, p.out_minor
     from rows r
     full join settlement_position p on p.session_no = r.no and p.currency = r.currency and p.institution_id = r.id
     where coalesce(r.came, 0) <> coalesce(p.in_minor, 0) or coalesce(r.went, 0) <> coalesce(p.out_minor, 0)`,
  );
  return rows;
}

async function unbalanced(): Promise<unknown[]> {
  const { rows } = await db.pool.query(
    `select session_no, currency from settlement_position group by 1, 2 having sum(in_minor - out_minor) <> 0
     union all
     select p.session_no, p.currency
     from (select session_no, institution_id, currency, in_minor, out_minor from settlement_position) p
     left join lateral (
       select coalesce(sum(m.in_minor), 0) as came, coalesce(sum(m.out_minor), 0) as went
       from settlement_minute m
       where m.session_no = p.session_no and m.institution_id = p.institution_id and m.currency = p.currency) m on true
     left join lateral (
       select coalesce(sum(q.amount_minor) filter (where q.payee_institution_id = p.institution_id), 0) as came,
         coalesce(sum(q.amount_minor) filter (where q.payer_institution_id = p.institution_id), 0) as went
       from settlement_pair q
       where q.session_no = p.session_no and q.currency = p.currency and p.institution_id in (q.payer_institution_id, q.payee_institution_id)) q on true
     where (m.came, m.went) is distinct from (p.in_minor::numeric, p.out_minor::numeric)
       or (q.came, q.went) is distinct from (p.in_minor::numeric, p.out_minor::numeric)`,
  );
  return rows;
}

const rowsArbitrary = fc.array(
  fc.record({
    acceptedAt: fc.integer({ min: FROM_MS, max: FROM_MS + SPAN_MS - 1 }).map((ms) => new Date(ms)),
    status: fc.constantFrom('succeeded' as const, ...TRANSACTION_STATUSES),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    payerId: fc.integer({ min: 1, max: 5 }),
    payeeId: fc.integer({ min: 1, max: 5 }),
    route: fc.constantFrom('cleared' as const, 'cleared' as const, 'direct' as const),
    currency: fc.constantFrom('CNY', 'USD'),
  }),
  { minLength: 1, maxLength: 8 },
);
const picks = fc.array(fc.record({ pick: fc.nat(), to: fc.constantFrom(...TRANSACTION_STATUSES) }), { minLength: 1, maxLength: 4 });
const events = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pay' as const), rows: rowsArbitrary }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('outcomes' as const), picks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pay and outcomes' as const), rows: rowsArbitrary, picks }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('follow' as const), rowsMax: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      point: fc.constantFrom<FaultPoint>('rows read', 'consumers written', 'watermark moved'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), pick: fc.nat() }) },
);

describe('the settlement books', () => {
  test('balance and equal their rows in every session, whatever comes in whatever order, late or taken back, through crashes and closings', {
    timeout: 120_000,
  }, async () => {
    let lateSeen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 6, maxLength: 24 }), async (history) => {
        await db.pool.query(`truncate settlement_session, settlement_closing, settlement_position, settlement_minute, settlement_pair, settlement_late,
          settlement_finality, settlement_break, settlement_unswept, clearing_transaction, transaction_outcome`);
        const stored: PaymentRow[] = [];
        const chosen = (from: PaymentRow[], wanted: { pick: number; to: PaymentRow['status'] }[]) =>
          from.length === 0 ? [] : wanted.map(({ pick, to }) => ({ key: (from[pick % from.length] as PaymentRow).key, to }));
        for (const event of history) {
          if (event.kind === 'pay' || event.kind === 'pay and outcomes') {
            const rows = event.rows.map(payment);
            await inTransaction(db.pool, async (tx) => {
              await insertPayments(tx, rows);
              if (event.kind === 'pay and outcomes') await insertOutcomes(tx, chosen(rows, event.picks));
            });
            stored.push(...rows);
          } else if (event.kind === 'outcomes') await inTransaction(db.pool, (tx) => insertOutcomes(tx, chosen(stored, event.picks)));
          else if (event.kind === 'follow') await follow(monitor, { rowsMax: event.rowsMax });
          else if (event.kind === 'crash') {
            const crashing = follow(monitor, {
              at: (point) => {
                if (point === event.point) throw new Error('killed');
              },
            });
            await crashing.catch((error: Error) => expect(error.message).toBe('killed'));
          } else {
            const { rows } = await db.pool.query<{ no: string }>('select no from settlement_session where closed_at is null order by no');
            const session = rows[event.pick % Math.max(rows.length, 1)];
            if (session) await close(session.no);
          }
          expect(await unbalanced()).toEqual([]);
        }
        await followAll(monitor);
        expect(await unbalanced()).toEqual([]);
        expect(await differences()).toEqual([]);
        const { rows } = await db.pool.query<{ late: number }>('select count(*)::int as late from settlement_late');
        lateSeen += rows[0]?.late ?? 0;
      }),
      { numRuns: 25 },
    );
    expect(lateSeen).toBeGreaterThan(0);
  });

  test('put what comes after closing into the next session, seen by both, and leave the closed one as it was', async () => {
    await db.pool.query(`truncate settlement_session, settlement_closing, settlement_position, settlement_minute, settlement_pair, settlement_late,
      settlement_finality, settlement_break, settlement_unswept`);
    const kept = payment({ acceptedAt: new Date(FROM_MS + 60_000), amountMinor: 500n });
    await inTransaction(db.pool, (tx) => insertPayments(tx, [kept]));
    await followAll(monitor);
    await close('20261123-02');
    const late = payment({ acceptedAt: new Date(FROM_MS + 90_000), amountMinor: 70n });
    await inTransaction(db.pool, async (tx) => {
      await insertPayments(tx, [late]);
      await insertOutcomes(tx, [{ key: kept.key, to: 'failed' }]);
    });
    await followAll(monitor);
    const positions = await db.pool.query(
      'select session_no, institution_id, in_minor::int, out_minor::int from settlement_position order by 1, 2',
    );
    expect(positions.rows).toEqual([
      { session_no: '20261123-02', institution_id: 1, in_minor: 0, out_minor: 500 },
      { session_no: '20261123-02', institution_id: 2, in_minor: 500, out_minor: 0 },
      { session_no: '20261123-03', institution_id: 1, in_minor: 0, out_minor: -430 },
      { session_no: '20261123-03', institution_id: 2, in_minor: -430, out_minor: 0 },
    ]);
    const moved = await db.pool.query('select transaction_key as key, home_no, taken_no, sign from settlement_late order by sign');
    expect(moved.rows).toEqual([
      { key: kept.key, home_no: '20261123-02', taken_no: '20261123-03', sign: -1 },
      { key: late.key, home_no: '20261123-02', taken_no: '20261123-03', sign: 1 },
    ]);
  });

  test('a closing between the look and the booking makes the chunk be read again, and is then seen', async () => {
    const at = new Date(FROM_MS + 3 * 3_600_000);
    await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: at, amountMinor: 11n })]));
    await followAll(monitor);
    await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: at, amountMinor: 13n })]));
    const { rows } = await db.pool.query(`select 1 from settlement_session where no = '20261123-03' and closed_at is null`);
    expect(rows).toHaveLength(1);
    let closings = 0;
    // A look finds nothing while an older transaction still runs anywhere on the server.
    const racing = async () => {
      while (closings === 0)
        await follow(monitor, {
          at: async (point) => {
            if (point === 'rows read' && closings++ === 0) await close('20261123-03');
          },
        });
    };
    await expect(racing()).rejects.toMatchObject({ code: '40001' });
    await followAll(monitor);
    const late = await db.pool.query(`select amount_minor::int as minor, taken_no from settlement_late where home_no = '20261123-03'`);
    expect(late.rows).toEqual([{ minor: 13, taken_no: '20261123-04' }]);
  });

  test('a closed session takes no booking, whoever writes it', async () => {
    await expect(db.pool.query(`update settlement_position set in_minor = in_minor + 1 where session_no = '20261123-02'`)).rejects.toThrow(
      /closed session/,
    );
    await expect(db.pool.query(`delete from settlement_position where session_no = '20261123-02'`)).rejects.toThrow(/closed session/);
    await expect(db.pool.query(`update settlement_session set closed_at = now() where no = '20261123-02'`)).rejects.toThrow(
      /closed for good/,
    );
  });
});

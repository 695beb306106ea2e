import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@/server/database';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { unsettled } from './unsettled';
import { unsettledSessions } from './unsettled-sessions';

const asOf = new Date('2026-11-23T12:00:00Z');
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;

beforeAll(async () => {
  fresh = await freshDatabase();
  useConsoleDatabase(fresh.url);
  pool = fresh.pool;
  await pool.query(`
    insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
    values (1, 'B1', 'bank', 'other', 'b', 'b', 'b', 'b'), (2, 'B2', 'bank', 'other', 'c', 'c', 'c', 'c');
    insert into settlement_session (no, business_day, ordinal, opens_at, cut_off_at) values
      ('20261123-01', '2026-11-23', 1, '2026-11-23T10:00:00Z', '2026-11-23T14:00:00Z'),
      ('20261122-02', '2026-11-22', 2, '2026-11-22T10:00:00Z', '2026-11-22T14:00:00Z'),
      ('20261120-01', '2026-11-20', 1, '2026-11-20T10:00:00Z', '2026-11-20T12:00:00Z'),
      ('20261119-01', '2026-11-19', 1, '2026-11-19T10:00:00Z', '2026-11-19T12:00:00Z');
    insert into settlement_position (session_no, institution_id, currency, in_minor, out_minor, in_count, out_count) values
      ('20261123-01', 1, 'CNY', 0, 700, 0, 7), ('20261123-01', 2, 'CNY', 700, 0, 7, 0), ('20261123-01', 1, 'JPY', 0, 9, 0, 1);
    insert into settlement_finality (session_no, currency, payments, amount_minor, final_payments, final_minor, measured_at) values
      ('20261122-02', 'CNY', 10, 1000, 9, 960, now()),
      ('20261120-01', 'CNY', 5, 500, 2, 100, now()),
      ('20261119-01', 'CNY', 3, 300, 3, 300, now());`);
});
afterAll(async () => {
  await database().$disconnect();
  await fresh.drop();
});

test('the sessions with value not final add up to the bands of the board, one session never counted included', async () => {
  const rows = await unsettledSessions(testActor(), { currency: 'CNY' });
  expect(rows.map(({ no, unsettledMinor, payments, measured }) => [no, unsettledMinor, payments, measured])).toEqual([
    ['20261123-01', 700n, 7, false],
    ['20261122-02', 40n, 1, true],
    ['20261120-01', 400n, 3, true],
  ]);
  const bands = await unsettled(testActor(), { currency: 'CNY', asOf });
  expect(Object.fromEntries(bands.map(({ band, minor }) => [band, minor]))).toMatchObject({
    'in-session': 700n,
    'under-1d': 40n,
    older: 400n,
    'under-1h': 0n,
  });
});

test('an institution’s own people are told nothing of the whole platform', async () => {
  expect(await unsettledSessions(testActor({ institutionId: 1 }), { currency: 'CNY' })).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@/server/database';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { readiness } from './readiness';

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 1);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const check = async (minutesAgo: number, mismatches: string) =>
  await home.pool.query(
    `insert into reconciliation (started_at, finished_at, tier, bucket_from, bucket_to, batch_id, buckets, raw_count, rollup_count, mismatches)
     select at, at, 'pair_hour', at, at, 1, 1, 1, 1, $2 from (select now() - make_interval(mins => $1) as at) run`,
    [minutesAgo, mismatches],
  );

test('the console is ready before any monitor has run, and says that nothing is proven yet', async () => {
  expect(await readiness()).toEqual({
    ready: true,
    database: 'answers',
    migrations: 'applied',
    lagMs: null,
    reconciliation: 'not yet',
    reconciledAt: null,
  });
});

test('it tells how long accepted batches wait for the monitor, and what the last round of checks found', async () => {
  await home.pool.query(
    `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, received_at, receipt)
     select 1, 'transactions', n::text, '', 1, 0, 0, now() - n * interval '10 seconds', '' from generate_series(1, 2) n`,
  );
  await home.pool.query(`insert into monitor_watermark (name, xid, batch_id) select 'follow', xid, id from feed_batch order by id limit 1`);
  await check(9, '[{"bucket":1}]');
  await check(1, '[]');
  const late = await readiness();
  expect(late).toMatchObject({ ready: true, reconciliation: 'passed' });
  expect(late.lagMs).toBeGreaterThanOrEqual(20_000);
  expect(late.lagMs).toBeLessThan(80_000);
  await check(0, '[{"bucket":2}]');
  await check(0, '[]');
  await home.pool.query(`update monitor_watermark set batch_id = batch_id + 1`);
  expect(await readiness()).toMatchObject({ ready: true, lagMs: 0, reconciliation: 'drifted' });
});

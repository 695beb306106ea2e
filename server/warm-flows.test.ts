import { afterAll, beforeAll, expect, test } from 'vitest';
import { alignToHours } from '@/domain/flows/aligned-range';
import { Compare, parseRange, resolveRange } from '@/domain/time-range';
import { database } from './database';
import { pairFlows } from './queries/flows/pair-flows';
import { useConsoleDatabase } from './testing/console-environment';
import { freshDatabase } from './testing/fresh-database';
import { makeInstitutions, rollUp } from './testing/rolled-up-day';
import { warmFlows } from './warm-flows';

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const kept = globalThis as {
  headwaterPairPieces?: Map<string, { sums: { keys: Float64Array } }>;
  headwaterStandingFlows?: Map<string, unknown>;
};

test('a console that starts reads the pairs of the last hours and of the same hours a week ago before anybody asks', async () => {
  await warmFlows();
  expect(kept.headwaterPairPieces?.size ?? 0).toBe(0);
  await makeInstitutions(home.pool, 2);
  const at = '2026-11-23T10:02:30Z';
  await rollUp(home.pool, [
    { at, payer: 1, payee: 2, minor: 7 },
    { at: '2026-11-16T08:00:00Z', payer: 2, payee: 1, minor: 5 },
  ]);
  await home.pool.query(
    "insert into platform_day select (minute at time zone 'Asia/Shanghai')::date, currency, business_type, route, succeeded, declined, failed, unknown, amount_minor, latency from platform_minute",
  );
  await home.pool.query("insert into monitor_watermark (name, xid, batch_id, data_at) values ('follow', '0', 0, $1)", [at]);
  await warmFlows();
  const held = [...(kept.headwaterPairPieces?.values() ?? [])].reduce((sum, { sums }) => sum + sums.keys.length, 0);
  expect(held).toBeGreaterThanOrEqual(2);
  // The flow screen opens with the very sums that are standing.
  const standing = kept.headwaterStandingFlows?.size;
  const choice = parseRange(undefined);
  const dataAt = new Date(at);
  const aligned = alignToHours({ choice, range: resolveRange(choice, dataAt), dataAt, compare: Compare.parse(undefined) });
  await pairFlows({ institutionId: null }, { aligned, currency: 'CNY', types: [] });
  expect(kept.headwaterStandingFlows?.size).toBe(standing);
});

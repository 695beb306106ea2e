import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { insertHeartbeats, insertInstitutions, inTransaction } from '../testing/feed-rows';
import { HEARTBEATS_KEPT_MS, pruneHeartbeats } from './prune-heartbeats';

const NOW_MS = Date.parse('2026-11-23T10:20:30Z');
const edge = NOW_MS - HEARTBEATS_KEPT_MS;

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 2);
});
afterAll(() => db.drop());

const beats = async (...times: readonly number[]) =>
  await inTransaction(db.pool, (tx) =>
    insertHeartbeats(
      tx,
      times.map((ms) => ({ institutionId: 1, ok: true, sentAt: new Date(ms) })),
    ),
  );

async function keptTimes(): Promise<number[]> {
  const { rows } = await db.pool.query<{ at: Date }>('select sent_at as at from heartbeat order by 1');
  return rows.map(({ at }) => at.getTime());
}

test('heartbeats go after seven days, so many at a time, the oldest first, and none that has not been followed', async () => {
  await beats(edge - 4000, edge - 3000, edge - 2000, edge - 1, edge, NOW_MS);
  await db.pool.query(
    `insert into monitor_watermark (name, xid, batch_id) select 'follow', xid, id from feed_batch order by xid desc, id desc limit 1`,
  );
  await beats(edge - 5000);
  const client = await db.pool.connect();
  try {
    expect(await pruneHeartbeats(client, NOW_MS, 3)).toBe(2);
    expect(await keptTimes()).toEqual([edge - 5000, edge - 2000, edge - 1, edge, NOW_MS]);
    expect(await pruneHeartbeats(client, NOW_MS, 10)).toBe(2);
    expect(await keptTimes()).toEqual([edge - 5000, edge, NOW_MS]);
    await db.pool.query(
      `update monitor_watermark w set xid = b.xid, batch_id = b.id from (select xid, id from feed_batch order by xid desc limit 1) b`,
    );
    expect(await pruneHeartbeats(client, NOW_MS)).toBe(1);
    expect(await pruneHeartbeats(client, NOW_MS)).toBe(0);
    expect(await keptTimes()).toEqual([edge, NOW_MS]);
  } finally {
    client.release();
  }
});

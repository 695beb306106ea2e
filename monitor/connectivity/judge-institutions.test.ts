import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { insertHeartbeats, insertInstitutions, insertPayments, inTransaction, payment } from '../testing/feed-rows';
import { followToEnd } from '../testing/follow-to-end';
import { connectivityConsumer } from './connectivity-consumer';
import { type ConnectivityMemory, readMemory } from './connectivity-memory';
import { judgeInstitutions } from './judge-institutions';
import { plannedWindows } from './planned-windows';
import { newestPayment, trafficBaseline } from './traffic-baseline';

const INSTITUTIONS = 60;
/** A Monday evening, busy. */
const START_MS = Date.parse('2026-11-23T12:10:00Z');
const HOUR_MS = 3_600_000;

type Beats = Parameters<typeof insertHeartbeats>[1];
let db: Awaited<ReturnType<typeof freshDatabase>>;
let memory: ConnectivityMemory;
let nowMs: number;

beforeEach(async () => {
  await db?.drop();
  db = await freshDatabase();
  await insertInstitutions(db.pool, INSTITUTIONS);
  nowMs = START_MS;
  memory = await withClient((client) => readMemory(client));
});
afterAll(() => db.drop());

async function withClient<T>(work: (client: import('pg').PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** What the monitor does in one turn of its loop. */
async function turn(): Promise<void> {
  await withClient(async (client) => {
    await followToEnd(client, { consumers: [connectivityConsumer(memory)], nowMs, acceptMissing: false });
    const baseline = { ...(await trafficBaseline(client, nowMs)), dataMs: await newestPayment(client) };
    await judgeInstitutions(client, { memory, baseline, windows: await plannedWindows(client, nowMs), nowMs });
  });
}

/** So many rounds ten seconds apart, in which `fails` says who does not answer on which line. */
async function rounds(
  count: number,
  fails: (institutionId: number, line: string) => string | undefined = () => undefined,
  only = INSTITUTIONS,
): Promise<void> {
  for (let round = 0; round < count; round++) {
    nowMs += 10_000;
    const beats: Beats[number][] = [];
    for (let institutionId = 1; institutionId <= only; institutionId++)
      for (const line of institutionId <= 20 ? ['dc1', 'dc2'] : institutionId <= 40 ? ['dc1'] : ['dc2'])
        for (const direction of ['outbound', 'inbound']) {
          const detail = fails(institutionId, line);
          beats.push({
            institutionId,
            line,
            direction,
            layer: detail ? 'network' : 'application',
            ok: !detail,
            sentAt: new Date(nowMs),
            ...(detail ? { detail } : {}),
          });
        }
    await inTransaction(db.pool, (tx) => insertHeartbeats(tx, beats));
    await turn();
  }
}

const states = async () =>
  Object.fromEntries(
    (await db.pool.query('select state, count(*)::integer as n from institution_state group by 1')).rows.map(({ state, n }) => [state, n]),
  );
const incidents = async () =>
  (
    await db.pool.query(
      `select i.id::text as id, i.scope, i.line, i.layer, i.state, i.detail, i.closed_at is null as open, i.merged_into::text as merged,
         count(m.*)::integer as members
       from incident i left join incident_member m on m.incident_id = i.id
       group by i.id order by i.id`,
    )
  ).rows;

describe('the monitor', () => {
  test('makes one incident of a data centre’s line down for forty institutions, and closes it when it is back', async () => {
    await rounds(4);
    expect(await states()).toEqual({ up: INSTITUTIONS });
    await rounds(3, (_, line) => (line === 'dc1' ? 'connection timed out' : undefined));
    expect(await states()).toEqual({ degraded: 20, down: 20, up: 20 });
    const shown = (await incidents()).filter(({ merged }) => merged === null);
    expect(shown).toEqual([
      expect.objectContaining({
        scope: 'line',
        line: 'dc1',
        layer: 'network',
        state: 'down',
        detail: 'connection timed out',
        open: true,
        members: 40,
      }),
    ]);
    await rounds(3);
    expect(await states()).toEqual({ up: INSTITUTIONS });
    expect((await incidents()).every(({ open }) => !open)).toBe(true);
  });

  test('makes one incident even where the institutions’ failures are seen one after the other', async () => {
    await rounds(4);
    for (let failing = 2; failing <= 40; failing += 2) await rounds(1, (id, line) => (line === 'dc1' && id <= failing ? 'cut' : undefined));
    await rounds(3, (_, line) => (line === 'dc1' ? 'cut' : undefined));
    const all = await incidents();
    expect(all.filter(({ open }) => open)).toEqual([expect.objectContaining({ scope: 'line', members: 40 })]);
    const shared = all.find(({ open }) => open)?.id;
    for (const { open, merged } of all) if (!open) expect(merged).toBe(shared);
  });

  test('keeps every institution’s past without gap or overlap, whatever happened, and a fresh reading knows the same', async () => {
    await rounds(4);
    await rounds(6, (id) => (id % 3 === 0 ? 'no route' : undefined));
    await rounds(6, (id) => (id % 5 === 0 ? 'handshake failed' : undefined));
    await rounds(6);
    const { rows } = await db.pool.query(
      `select count(*) filter (where to_at is distinct from next)::integer as wrong, count(*)::integer as all
       from (select to_at, lead(from_at) over (partition by institution_id order by from_at) as next from state_interval) as i`,
    );
    expect(rows[0].wrong).toBe(0);
    expect(rows[0].all).toBeGreaterThan(INSTITUTIONS * 1.5);
    const open = await db.pool.query(
      `select count(*)::integer as wrong from institution_state s join state_interval i using (institution_id) where i.to_at is null and i.state <> s.state`,
    );
    expect(open.rows[0].wrong).toBe(0);
    const fresh = await withClient((client) => readMemory(client));
    expect(fresh.lines).toEqual(memory.lines);
    expect(new Map([...fresh.standings].map(([id, { state }]) => [id, state]))).toEqual(
      new Map([...memory.standings].map(([id, { state }]) => [id, state])),
    );
  });

  test('calls an announced stop planned, of an institution or of a line for everybody, and opens no incident for it', async () => {
    await rounds(4);
    await db.pool.query(
      `insert into planned_window (institution_id, line, from_at, to_at, reason) values (1, null, $1, $2, 'test'), (null, 'dc2', $1, $2, 'test')`,
      [new Date(START_MS), new Date(START_MS + HOUR_MS)],
    );
    await rounds(3, (id, line) => (id === 1 || line === 'dc2' ? 'stopped' : undefined));
    expect((await states()).planned).toBe(1 + 20);
    expect(await incidents()).toEqual([]);
  });

  test('knows nothing of the time in which it did not run', async () => {
    await rounds(4);
    nowMs += HOUR_MS;
    memory = await withClient((client) => readMemory(client));
    await rounds(3);
    const { rows } = await db.pool.query(
      `select state, date_part('epoch', to_at - from_at)::integer as s from state_interval where institution_id = 1 order by from_at`,
    );
    expect(rows.slice(0, 3)).toEqual([
      { state: 'up', s: 30 },
      { state: 'unknown', s: HOUR_MS / 1000 + 10 },
      { state: 'up', s: null },
    ]);
  });

  test('finds the silence of a busy institution within three minutes, and none where the whole platform rests', async () => {
    // Institution 3 takes in 1,200 payments an hour at this hour of the week; institution 4 ten.
    for (const back of [7, 14])
      for (const hour of [-1, 0, 1]) {
        const at = new Date(Math.floor((START_MS - back * 24 * HOUR_MS) / HOUR_MS) * HOUR_MS + hour * HOUR_MS);
        await db.pool.query(
          `insert into institution_hour (institution_id, role, hour, currency, succeeded, declined, failed, unknown, amount_minor, latency)
           values (3, 'payee', $1, 'CNY', 1200, 0, 0, 0, 1, '{}'), (4, 'payee', $1, 'CNY', 10, 0, 0, 0, 1, '{}')`,
          [at],
        );
      }
    const pay = async (payeeIds: readonly number[]) =>
      await inTransaction(db.pool, (tx) =>
        insertPayments(
          tx,
          payeeIds.map((payeeId) => payment({ acceptedAt: new Date(nowMs), payerId: 1, payeeId })),
        ),
      );
    await rounds(4);
    await pay([3, 4]);
    let silentAfterMs: number | null = null;
    const lastMs = nowMs;
    for (let minute = 0; minute < 18; minute++) {
      await rounds(1);
      await pay([5]);
      await turn();
      if (memory.standings.get(3)?.state === 'silent') silentAfterMs ??= nowMs - lastMs;
    }
    expect(silentAfterMs).toBeLessThanOrEqual(180_000);
    expect(memory.standings.get(4)?.state).toBe('up');
    expect(await incidents()).toEqual([expect.objectContaining({ scope: 'institution', state: 'silent', members: 1 })]);
    await pay([3]);
    await rounds(1);
    expect(memory.standings.get(3)?.state).toBe('up');
    nowMs += 40_000;
    await rounds(18);
    expect(memory.standings.get(3)?.state).toBe('up');
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveEvent, liveStream } from './live-stream';
import { useConsoleDatabase } from './testing/console-environment';
import { freshDatabase } from './testing/fresh-database';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
const start = Date.parse('2026-11-23T09:00:00Z');
const pulse = (second: number) => JSON.stringify({ at: new Date(start + second * 1000).toISOString(), n: second });
const send = async (second: number) => await fresh.pool.query('select pg_notify($1, $2)', ['headwater_pulse', pulse(second)]);
const seconds = (events: readonly LiveEvent[]) => events.map((event) => JSON.parse(event.body).n as number);
const until = async (what: () => boolean | Promise<boolean>) => await expect.poll(what, { timeout: 20_000, interval: 20 }).toBe(true);
const listening = async () => {
  const { rows } = await fresh.pool.query<{ pid: number }>(
    `select pid
     from pg_stat_activity
     where application_name = 'headwater-console-live'
       and datname = current_database()
       and query = 'listen headwater_pulse'
       and state = 'idle'`,
  );
  return rows;
};

beforeAll(async () => {
  fresh = await freshDatabase();
  useConsoleDatabase(fresh.url);
});
afterAll(async () => {
  await liveStream().close();
  await fresh.drop();
});

test('a hundred readers share one connection, hear everything in order, and leave nothing behind', async () => {
  const heard = Array.from({ length: 100 }, () => [] as LiveEvent[]);
  const stops = heard.map((events) => liveStream().follow(undefined, (event) => events.push(event)));
  await until(async () => (await listening()).length === 1);
  for (let second = 1; second <= 5; second++) await send(second);
  await until(() => heard.every((events) => events.length === 5));
  for (const events of heard) expect(seconds(events)).toEqual([1, 2, 3, 4, 5]);
  for (const stop of stops) stop();
  expect(liveStream().readers).toBe(0);
  expect(await listening()).toHaveLength(1);
});

test('who comes back with the last id gets exactly what was missed, once', async () => {
  const first: LiveEvent[] = [];
  const stop = liveStream().follow(undefined, (event) => first.push(event));
  await send(6);
  await until(() => seconds(first).includes(6));
  stop();
  for (let second = 7; second <= 9; second++) await send(second);
  const again: LiveEvent[] = [];
  await until(() => {
    const probe: LiveEvent[] = [];
    liveStream().follow(0, (event) => probe.push(event))();
    return seconds(probe).includes(9);
  });
  const leave = liveStream().follow(first.at(-1)?.id, (event) => again.push(event));
  await send(10);
  await until(() => seconds(again).includes(10));
  leave();
  expect(seconds(again)).toEqual([7, 8, 9, 10]);
});

test('a lost connection is opened again once, and its readers hear on', async () => {
  const heard: LiveEvent[] = [];
  const stop = liveStream().follow(undefined, (event) => heard.push(event));
  const [before] = await listening();
  await fresh.pool.query('select pg_terminate_backend($1)', [before?.pid]);
  await until(async () => {
    const now = await listening();
    return now.length === 1 && now[0]?.pid !== before?.pid;
  });
  await send(11);
  await until(() => seconds(heard).includes(11));
  stop();
  expect(await listening()).toHaveLength(1);
  expect(liveStream().readers).toBe(0);
});

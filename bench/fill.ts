import { fork } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { DAY_MS, startOfBusinessDay } from '@/domain/time-range';
import { WATERMARK } from '@/monitor/follow';
import type { DaysToFill } from './fill-days';
import type { Bench } from './open-bench';
import { ms, print } from './print';

/** A platform's last days, up to `toMs`. */
export type History = { readonly url: string; readonly pool: pg.Pool; readonly fromMs: number; readonly toMs: number };

/**
 * A database with so many rows spread over so many days as the country pays, and their roll-ups: one that an earlier run kept, or else a new
 * one. It only takes its name when it is whole: what was left half made is begun anew.
 */
export async function openHistory(bench: Bench, { rows, days }: { rows: number; days: number }): Promise<History> {
  const name = `history_${rows}_in_${days}`;
  const { toMs, accountKey } = bench.kept;
  const fromMs = toMs - days * DAY_MS;
  if (!(await bench.hasDatabase(name))) {
    const began = performance.now();
    await bench.dropDatabase(`${name}_half`);
    const { pool, url } = await bench.anotherDatabase(`${name}_half`);
    await fillAll({ url, accountKey, seed: 1, meanRate: rows / (days * 86_400), fromMs, toMs });
    const filledAt = performance.now();
    await finish(pool, toMs);
    await bench.closePool(pool);
    await bench.pool.query(`alter database ${name}_half rename to ${name}`);
    print(
      `${name}: filled`,
      `rows and roll-ups in ${ms(filledAt - began)}, accounts and statistics in ${ms(performance.now() - filledAt)}`,
    );
  }
  const opened = await bench.anotherDatabase(name);
  return { ...opened, fromMs, toMs };
}

async function fillAll(task: Omit<DaysToFill, 'days'>): Promise<void> {
  const days: number[] = [];
  for (let day = startOfBusinessDay(new Date(task.fromMs)).getTime(); day < task.toMs; day += DAY_MS) days.push(day);
  const hands = Math.max(1, Math.min(os.cpus().length, 4));
  await Promise.all(
    Array.from({ length: hands }, async (_, hand) => {
      const child = fork(path.resolve('bench/fill-days.ts'));
      child.send({ ...task, days: days.filter((_day, i) => i % hands === hand) } satisfies DaysToFill);
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error('filling the history failed');
    }),
  );
}

async function finish(pool: pg.Pool, toMs: number): Promise<void> {
  // Their numbers are made up from the pseudonyms: only the last four digits are ever searched for in the open.
  await pool.query(
    `insert into account (id, institution_id, number_cipher, number_masked, number_last4)
     select id, institution_id, decode(repeat('00', 45), 'hex'), '6222 **** ' || last4, last4
     from (
       select id, min(institution_id) as institution_id, lpad((('x' || left(id::text, 7))::bit(28)::int % 10000)::text, 4, '0') as last4
       from (
         select payer_account as id, payer_institution_id as institution_id from clearing_transaction
         union
         select payee_account, payee_institution_id from clearing_transaction
       ) held
       group by id
     ) numbered`,
  );
  await pool.query(
    `insert into monitor_watermark (name, xid, batch_id, data_at) values ($2, '0', 0, $1)
     on conflict (name) do update set data_at = excluded.data_at`,
    [new Date(toMs), WATERMARK],
  );
  await pool.query('vacuum (analyze)');
}

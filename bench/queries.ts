import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type History, openHistory } from './fill';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';
import type { Answered, Asked } from './query-console';
import { questions } from './questions';

const HISTORY_DAYS = 14;
// A plan that a connection keeps is settled after five askings.
const WARM_UPS = 8;
const RUNS = 40;
const RAW_RUNS = 1;

/**
 * The console's own queries over fourteen days of history, and over ten times the rows: ten times as many days, as a platform really grows, or
 * the same days ten times as dense. Both are asked in turns, so that what else the machine does weighs on both alike.
 */
export async function queries(bench: Bench, { rows, grow, fillOnly, only }: BenchOptions): Promise<void> {
  const small = await openHistory(bench, { rows: Math.max(1, Math.floor(rows / 10)), days: HISTORY_DAYS });
  const large = await openHistory(bench, { rows, days: grow === 'history' ? HISTORY_DAYS * 10 : HISTORY_DAYS });
  for (const history of [small, large]) await describe(history);
  if (fillOnly) return;
  const consoles = [await openConsole(bench, small), await openConsole(bench, large)] as const;
  const all = await questions(large.pool, large.toMs);
  for (const [number, { name, keeps, raw }] of all.entries()) {
    if (only !== undefined && !name.includes(only)) continue;
    const first = [await consoles[0].ask(number, 0), await consoles[1].ask(number, 0)] as const;
    const samples: [number[], number[]] = [[], []];
    const worked: [number, number] = [0, 0];
    for (let run = 1; run < WARM_UPS + RUNS; run++)
      for (const [i, history] of [small, large].entries()) {
        if (keeps) await changePresentHour(history);
        const asked = consoles[i as 0 | 1];
        const before = await asked.workedMs();
        const took = await asked.ask(number, run);
        if (run < WARM_UPS) continue;
        samples[i as 0 | 1].push(took);
        worked[i as 0 | 1] += ((await asked.workedMs()) - before) / RUNS;
      }
    const [was, is] = samples.map((of) => ({ p50: percentile(of, 0.5), p95: percentile(of, 0.95) })) as [Timing, Timing];
    const parts = [
      `p95 ${ms(was.p95)} → ${ms(is.p95)}`,
      `median ${ms(was.p50)} → ${ms(is.p50)}`,
      `processor time ${ms(worked[0])} → ${ms(worked[1])} (growth ${(worked[1] / worked[0]).toFixed(2)}×)`,
    ];
    if (keeps) parts.push(`first time ${ms(first[0])} → ${ms(first[1])}`);
    if (raw !== undefined) {
      const slow = percentile(await rawTimes(large, raw), 0.5);
      parts.push(`raw rows ${ms(slow)}: ${Math.round(slow / is.p50)}×`);
    }
    print(name, `${parts.join(', ')}; load ${os.loadavg()[0]?.toFixed(1)}`);
  }
  print('memory of the console', consoles.map(({ memory }) => memory()).join(' → '));
  for (const { close } of consoles) close();
}

type Timing = { readonly p50: number; readonly p95: number };

async function describe({ pool, fromMs, toMs }: History): Promise<void> {
  const { rows } = await pool.query(
    `select (select count(*) from clearing_transaction)::integer as total, (select count(*) from pair_hour)::text as hours, (select count(*) from pair_day)::text as days,
       (select count(*) from account)::text as accounts, pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const { total, hours, days, accounts, size } = rows[0];
  const span = Math.round((toMs - fromMs) / 86_400_000);
  print(
    `${total.toLocaleString('en')} rows in ${span} days`,
    `pair_hour ${hours}, pair_day ${days}, accounts ${accounts}; ${size}; load ${os.loadavg()[0]?.toFixed(1)}`,
  );
}

type Console = {
  readonly ask: (question: number, run: number) => Promise<number>;
  /** Processor time so far of the console and of its connections' ends in the database. */
  readonly workedMs: () => Promise<number>;
  /** Resident now and at most. */
  readonly memory: () => string;
  readonly close: () => void;
};

async function openConsole(bench: Bench, { url, pool, toMs }: History): Promise<Console> {
  const child: ChildProcess = fork(path.resolve('bench/query-console.ts'), {
    env: { ...process.env, ...bench.environment, DATABASE_URL: url, BENCH_TO_MS: String(toMs) },
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('a console ended');
  });
  ended.catch(() => {});
  const answer = async () => (await Promise.race([once(child, 'message'), ended])) as [unknown];
  await answer();
  return {
    ask: async (question, run) => {
      child.send({ question, run } satisfies Asked);
      const [{ ms: took }] = (await answer()) as [Answered];
      return took;
    },
    workedMs: async () => {
      const { rows } = await pool.query<{ pid: number }>(
        "select pid from pg_stat_activity where application_name = 'headwater-console' and datname = current_database()",
      );
      return [child.pid as number, ...rows.map(({ pid }) => pid)].reduce((sum, pid) => sum + ranMs(pid), 0);
    },
    memory: () => {
      const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const megabytes = (of: string) => Math.round(Number(new RegExp(`${of}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
      return `${megabytes('VmRSS')} MB (at most ${megabytes('VmHWM')} MB)`;
    },
    close: () => child.disconnect(),
  };
}

/** Time on a processor of all threads of a process, as the scheduler counts it (Linux only: elsewhere there is none). */
function ranMs(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  if (!fs.existsSync(tasks)) return Number.NaN;
  return fs
    .readdirSync(tasks)
    .reduce((sum, task) => sum + Number(fs.readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0);
}

async function rawTimes({ pool }: History, sql: string): Promise<number[]> {
  const times = [];
  for (let run = 0; run < RAW_RUNS; run++) {
    const begun = performance.now();
    await pool.query(sql);
    times.push(performance.now() - begun);
  }
  return times;
}

/** What the monitor does to the hour at hand between two askings: kept answers are never asked of a platform that stands still. */
async function changePresentHour({ pool, toMs }: History): Promise<void> {
  const hour = new Date(Math.floor((toMs - 1) / 3_600_000) * 3_600_000);
  await pool.query(
    `with changed as (
       update pair_hour set succeeded = succeeded + 1, amount_minor = amount_minor + 100
       where hour = $1 and (payer_institution_id + payee_institution_id) % 10 = 0
     )
     update pair_hour_version set version = gen_random_uuid() where hour = $1`,
    [hour],
  );
}

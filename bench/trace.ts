import type pg from 'pg';
import { DAY_MS } from '@/domain/time-range';
import type { TraceAnswer } from '@/domain/tracing/trace-answer';
import { TraceQuestion } from '@/domain/tracing/trace-question';
import { traceMoney } from '@/server/queries/tracing/trace-money';
import { testActor } from '@/server/testing/test-actor';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';
import { fillTraced, HUB, SPAN_DAYS } from './traced-payments';

const RUNS = 12;
const WARM_UPS = 3;
const ORDINARY = 60;
const HOPS = 6;
const WINDOW_MS = 20 * 3_600_000;

/**
 * Money traced through stored payments: six hops from a hub against one recursive statement that finds the payments one can get to (it
 * says nothing of amounts), and ordinary starts.
 */
export async function trace(bench: Bench, { rows }: BenchOptions): Promise<void> {
  const name = `traced_${rows}`;
  const isNew = !(await bench.hasDatabase(name));
  const { pool, url } = await bench.anotherDatabase(name);
  const fromMs = Math.floor(bench.kept.toMs / DAY_MS) * DAY_MS - SPAN_DAYS * DAY_MS;
  const hubMs = fromMs + DAY_MS;
  if (isNew) {
    const began = performance.now();
    await fillTraced(pool, { rows, fromMs, hubMs });
    print(
      `${rows.toLocaleString('en')} payments, ${(rows / 10).toLocaleString('en')} accounts`,
      `filled in ${ms(performance.now() - began)}`,
    );
  }
  process.env.DATABASE_URL = url;
  const window = { sinceMs: hubMs, untilMs: hubMs + WINDOW_MS };
  const ask = async (from: TraceQuestion['from']) =>
    await traceMoney(testActor(), TraceQuestion.parse({ currency: 'CNY', from, hops: HOPS, ...window }));

  const hub = await timed(RUNS, WARM_UPS, () => ask([{ kind: 'account', account: HUB, atMs: null, amountMinor: null }]));
  const statement = await timed(RUNS, WARM_UPS, () => reachedByStatement(pool, window));
  const last = hub.last as TraceAnswer;
  print('six hops from the hub: payments that carry money', last.edges.length.toLocaleString('en'));
  print('  accounts reached, payments replayed', `${last.reached.length.toLocaleString('en')}, ${last.replayed.toLocaleString('en')}`);
  print('  amounts by four methods, p50 / p95', `${ms(percentile(hub.took, 0.5))} / ${ms(percentile(hub.took, 0.95))}`);
  print('  recursive statement, no amounts: payments found', (statement.last ?? 0).toLocaleString('en'));
  print('  recursive statement, p50 / p95', `${ms(percentile(statement.took, 0.5))} / ${ms(percentile(statement.took, 0.95))}`);
  print('  statement ÷ trace, p50', (percentile(statement.took, 0.5) / percentile(hub.took, 0.5)).toFixed(2));

  const starts = await ordinaryStarts(pool, window);
  let next = 0;
  const ordinary = await timed(ORDINARY, WARM_UPS, () =>
    ask([{ kind: 'transaction', transaction: starts[next++ % starts.length] as string }]),
  );
  print('ordinary starts, p50 / p95', `${ms(percentile(ordinary.took, 0.5))} / ${ms(percentile(ordinary.took, 0.95))}`);
  print('memory of this process at its most', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

async function timed<T>(runs: number, warmUps: number, ask: () => Promise<T>): Promise<{ took: number[]; last: T | undefined }> {
  const took: number[] = [];
  let last: T | undefined;
  for (let run = -warmUps; run < runs; run++) {
    const began = performance.now();
    last = await ask();
    if (run >= 0) took.push(performance.now() - began);
  }
  return { took, last };
}

/** How many payments a recursive statement finds within six hops, each later than the one before. */
async function reachedByStatement(pool: pg.Pool, { sinceMs, untilMs }: { sinceMs: number; untilMs: number }): Promise<number> {
  const { rows } = await pool.query<{ found: string }>(
    `with recursive walk as (
       select t.transaction_key, t.payee_account, t.accepted_at, 1 as hop
       from clearing_transaction t
       where t.payer_account = $1 and t.accepted_at >= $2 and t.accepted_at < $3 and t.status = 'succeeded' and t.currency = 'CNY'
       union
       select t.transaction_key, t.payee_account, t.accepted_at, w.hop + 1
       from walk w
       join clearing_transaction t on t.payer_account = w.payee_account and t.accepted_at >= w.accepted_at
       where w.hop < $4 and t.accepted_at >= $2 and t.accepted_at < $3 and t.status = 'succeeded' and t.currency = 'CNY'
     )
     select count(distinct transaction_key)::text as found from walk`,
    [HUB, new Date(sinceMs), new Date(untilMs), HOPS],
  );
  return Number(rows[0]?.found);
}

async function ordinaryStarts(pool: pg.Pool, { sinceMs }: { sinceMs: number }): Promise<readonly string[]> {
  const { rows } = await pool.query<{ key: string }>(
    `select transaction_key::text as key from clearing_transaction
     where accepted_at >= $1 and accepted_at < $2 and payer_account <> $3 order by transaction_key limit ${ORDINARY}`,
    [new Date(sinceMs), new Date(sinceMs + 3_600_000), HUB],
  );
  return rows.map(({ key }) => key);
}

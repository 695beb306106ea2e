import type pg from 'pg';
import { alignToHours } from '@/domain/flows/aligned-range';
import type { SessionId, UserId } from '@/domain/ids';
import { boardAxis } from '@/domain/overview/board-axis';
import { DAY_MS } from '@/domain/time-range';
import { database } from '@/server/database';
import { flowTrend } from '@/server/queries/flows/flow-trend';
import { pairFlows } from '@/server/queries/flows/pair-flows';
import { boardRows } from '@/server/queries/institutions/board-rows';
import { counterparties } from '@/server/queries/institutions/counterparties';
import { institutionLatency } from '@/server/queries/institutions/institution-latency';
import { amountToday } from '@/server/queries/overview/amount-today';
import { largestFlows } from '@/server/queries/overview/largest-flows';
import { lastMinutes } from '@/server/queries/overview/last-minutes';
import { platformHours } from '@/server/queries/overview/platform-hours';
import { platformLatency } from '@/server/queries/overview/platform-latency';
import { throughput } from '@/server/queries/overview/throughput';
import { throughputBand } from '@/server/queries/overview/throughput-band';
import { findTransactions } from '@/server/queries/transactions/find-transactions';
import { transactionRows } from '@/server/queries/transactions/transaction-rows';
import type { Actor } from '@/server/session';
import { addHistory, HISTORY_DAYS, type History, openHistory, rollUpHistory } from './fill';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';

const WARM_UPS = 3;
const RUNS = 40;

const actor: Actor = {
  id: '00000000-0000-4000-8000-000000000001' as UserId,
  sessionId: '00000000-0000-4000-8000-000000000002' as SessionId,
  login: 'bench',
  displayName: 'bench',
  role: 'regulator',
  institutionId: null,
};

type Question = {
  readonly name: string;
  readonly ask: (run: number) => Promise<unknown>;
  readonly raw?: string;
  /** Time of the very first asking of this process is worth telling: later ones read only what has changed. */
  readonly keeps?: boolean;
};

/**
 * The console's own queries over fourteen days of history, at a tenth of the rows and at all of them: the days stay, the density grows.
 * Where a question can be put to the raw rows in one statement, that is timed beside it.
 */
export async function queries(bench: Bench, { rows }: BenchOptions): Promise<void> {
  const { pool, url } = await bench.anotherDatabase('history');
  process.env.DATABASE_URL = url;
  const history = await openHistory(pool, bench.environment.HEADWATER_ACCOUNT_KEY as string);
  const small = Math.max(1, Math.floor(rows / 10));
  const before = await measured(pool, history, { rows: small, seed: 1 });
  const after = await measured(pool, history, { rows: rows - small, seed: 2 });
  for (const [name, { first, p50, p95, raw }] of after) {
    const was = before.get(name) as Timing;
    const growth = `growth ${(p95 / was.p95).toFixed(2)}×`;
    const against = raw === undefined ? '' : `, raw rows ${ms(raw)}: ${Math.round(raw / p50)}× slower`;
    const begun = first === undefined ? '' : `, first time ${ms(first)}`;
    print(name, `p95 ${ms(was.p95)} → ${ms(p95)} (${growth}), median ${ms(p50)}${begun}${against}`);
  }
  await database().$disconnect();
}

type Timing = { readonly first: number | undefined; readonly p50: number; readonly p95: number; readonly raw: number | undefined };

async function measured(pool: pg.Pool, history: History, add: { rows: number; seed: number }): Promise<Map<string, Timing>> {
  const began = performance.now();
  await addHistory(pool, history, add);
  const filledAt = performance.now();
  await rollUpHistory(pool, history);
  const { rows } = await pool.query(
    `select (select count(*) from clearing_transaction)::integer as total, (select count(*) from pair_hour)::text as hours, (select count(*) from pair_day)::text as days,
       pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  print(
    `${rows[0].total.toLocaleString('en')} rows`,
    `written in ${ms(filledAt - began)}, rolled up in ${ms(performance.now() - filledAt)}; pair_hour ${rows[0].hours}, pair_day ${rows[0].days}; ${rows[0].size}`,
  );
  const timings = new Map<string, Timing>();
  for (const question of await questions(pool, history)) {
    const first = await timed(() => question.ask(0));
    for (let run = 1; run < WARM_UPS; run++) await question.ask(run);
    const samples = [];
    for (let run = 0; run < RUNS; run++) {
      if (question.keeps) await changePresentHour(pool, history);
      samples.push(await timed(() => question.ask(WARM_UPS + run)));
    }
    const raw = question.raw;
    const rawSamples = [];
    for (let run = 0; raw && run < 3; run++) rawSamples.push(await timed(() => pool.query(raw)));
    timings.set(question.name, {
      first: question.keeps ? first : undefined,
      p50: percentile(samples, 0.5),
      p95: percentile(samples, 0.95),
      raw: rawSamples.length > 0 ? percentile(rawSamples, 0.5) : undefined,
    });
  }
  return timings;
}

/** What the monitor does to the hour at hand between two askings: kept answers are never asked of a platform that stands still. */
async function changePresentHour(pool: pg.Pool, { toMs }: History): Promise<void> {
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function questions(pool: pg.Pool, { toMs }: History): Promise<Question[]> {
  const asOf = new Date(toMs);
  const SLOT_MS = 300_000;
  const HOUR_MS = 3_600_000;
  const to = new Date(Math.ceil(toMs / HOUR_MS) * HOUR_MS);
  const day = { from: new Date(to.getTime() - DAY_MS), to };
  const fortnight = { from: new Date(to.getTime() - HISTORY_DAYS * DAY_MS), to };
  const week = { from: new Date(to.getTime() - 7 * DAY_MS), to };
  const aligned = (range: typeof day) => alignToHours({ range, dataAt: asOf, compare: 'none' });
  const within = ({ from, to: until }: typeof day) => `accepted_at >= '${from.toISOString()}' and accepted_at < '${until.toISOString()}'`;
  const outcomes = `count(*) filter (where status = 'succeeded'), count(*) filter (where status = 'declined'),
    count(*) filter (where status = 'failed'), sum(amount_minor) filter (where status = 'succeeded')`;
  const pairsOf = (range: typeof day) =>
    `select payer_institution_id, payee_institution_id, ${outcomes} from clearing_transaction where ${within(range)} and currency = 'CNY' group by 1, 2`;
  const hoursOf = (range: typeof day) =>
    `select date_trunc('hour', accepted_at), ${outcomes} from clearing_transaction where ${within(range)} and currency = 'CNY' group by 1`;
  const { rows: samples } = await pool.query<{ id: string; account: string }>(
    'select transaction_id as id, payer_account as account from clearing_transaction order by transaction_key limit 500',
  );
  const { rows: payees } = await pool.query<{ id: number }>(
    'select payee_institution_id as id from pair_day group by 1 order by sum(succeeded) desc limit 1',
  );
  const busiest = (payees[0] as { id: number }).id;
  const sample = (run: number) => samples[(run * 7) % samples.length] as { id: string; account: string };
  const scope = { range: fortnight, payerIds: [], payeeIds: [], institutionIds: [], types: [], statuses: [] };
  return [
    { name: 'overview: throughput by 5 minutes, 24 h', ask: () => throughput(actor, { range: day, stepMs: SLOT_MS }) },
    { name: 'overview: usual band of 14 days', ask: () => throughputBand(actor, { range: day, stepMs: SLOT_MS }) },
    { name: 'overview: outcomes by hour, 24 h', ask: () => platformHours(actor, { range: day, currency: 'CNY' }), raw: hoursOf(day) },
    {
      name: 'overview: outcomes by hour, 14 days',
      ask: () => platformHours(actor, { range: fortnight, currency: 'CNY' }),
      raw: hoursOf(fortnight),
    },
    { name: 'overview: latency by hour, 24 h', ask: () => platformLatency(actor, { range: day }) },
    { name: 'overview: amount today', ask: () => amountToday(actor, { asOf, dataAt: asOf, currency: 'CNY' }) },
    { name: 'overview: last minutes', ask: () => lastMinutes(actor, { asOf }) },
    { name: 'overview: largest flows, 24 h', ask: () => largestFlows(actor, { range: day, currency: 'CNY', top: 8 }), keeps: true },
    {
      name: 'flows: every pair, 24 h',
      ask: () => pairFlows(actor, { aligned: aligned(day), currency: 'CNY', types: [] }),
      raw: pairsOf(day),
      keeps: true,
    },
    {
      name: 'flows: every pair, 7 days',
      ask: () => pairFlows(actor, { aligned: aligned(week), currency: 'CNY', types: [] }),
      raw: pairsOf(week),
      keeps: true,
    },
    {
      name: 'flows: trend by hour, 14 days',
      ask: () => flowTrend(actor, { range: fortnight, stepS: 3600, currency: 'CNY', types: [], byRoute: false }),
      raw: hoursOf(fortnight),
    },
    {
      name: 'institutions: board, 24 h',
      ask: () => boardRows(actor, { range: day, axis: boardAxis(day), role: 'payer', currency: 'CNY' }),
    },
    {
      name: 'institutions: latency board, 24 h',
      ask: () => institutionLatency(actor, { range: day, axis: boardAxis(day), role: 'payer' }),
    },
    {
      name: 'institutions: counterparties of the busiest, 24 h',
      ask: () => counterparties(actor, { institutionId: busiest, range: day, axis: boardAxis(day), currency: 'CNY' }),
    },
    { name: 'search: by transaction id', ask: (run) => findTransactions(actor, { id: sample(run).id }) },
    {
      name: 'search: by account, first page of 14 days',
      ask: (run) =>
        transactionRows(actor, { scope: { ...scope, accountIds: [sample(run).account] }, after: null, limit: 100, locale: 'en' }),
    },
  ];
}

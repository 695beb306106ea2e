import type pg from 'pg';
import { alignToHours } from '@/domain/flows/aligned-range';
import type { SessionId, UserId } from '@/domain/ids';
import { boardAxis } from '@/domain/overview/board-axis';
import { DAY_MS, startOfBusinessDay, type TimeRange } from '@/domain/time-range';
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
import { accountsEndingIn } from '@/server/queries/transactions/accounts-ending-in';
import { findTransactions } from '@/server/queries/transactions/find-transactions';
import { transactionRows } from '@/server/queries/transactions/transaction-rows';
import { transactionTotals } from '@/server/queries/transactions/transaction-totals';
import type { Actor } from '@/server/session';

export type Question = {
  readonly name: string;
  readonly ask: (run: number) => Promise<unknown>;
  /** The same put to the raw rows, in one statement. */
  readonly raw?: string;
  /** Time of the very first asking of a process is worth telling: later ones read only what has changed. */
  readonly keeps?: boolean;
};

const HOUR_MS = 3_600_000;
const SLOT_MS = 300_000;
const FORTNIGHT_MS = 14 * DAY_MS;

const actor: Actor = {
  id: '00000000-0000-4000-8000-000000000001' as UserId,
  sessionId: '00000000-0000-4000-8000-000000000002' as SessionId,
  login: 'bench',
  displayName: 'bench',
  role: 'regulator',
  institutionId: null,
};

/** What the console asks of a platform whose newest payment is of `toMs`: the same questions in the same order of any database. */
export async function questions(pool: pg.Pool, toMs: number): Promise<readonly Question[]> {
  const asOf = new Date(toMs);
  const to = new Date(Math.ceil(toMs / HOUR_MS) * HOUR_MS);
  const last = (ms: number): TimeRange => ({ from: new Date(to.getTime() - ms), to });
  const [day, week, fortnight] = [last(DAY_MS), last(7 * DAY_MS), last(FORTNIGHT_MS)];
  const samples = await sampled(pool, fortnight);
  return [
    ...overview({ asOf, day, fortnight }),
    ...flows({ asOf, day, week, fortnight }),
    ...institutions({ day, busiest: samples.busiest }),
    ...search({ asOf, fortnight, samples }),
  ];
}

function overview({ asOf, day, fortnight }: Record<'day' | 'fortnight', TimeRange> & { asOf: Date }): readonly Question[] {
  const bandSpan = { from: new Date(day.from.getTime() - FORTNIGHT_MS), to: day.to };
  const today = { from: startOfBusinessDay(asOf), to: asOf };
  return [
    {
      name: 'overview: throughput by 5 minutes, 24 h',
      ask: () => throughput(actor, { range: day, stepMs: SLOT_MS }),
      raw: grouped(day, "date_bin('5 minutes', accepted_at, 'epoch')", 'count(*)'),
    },
    {
      name: 'overview: usual band of 14 days',
      ask: () => throughputBand(actor, { range: day, stepMs: SLOT_MS }),
      raw: grouped(bandSpan, "date_bin('5 minutes', accepted_at, 'epoch')", 'count(*)'),
    },
    {
      name: 'overview: outcomes by hour, 24 h',
      ask: () => platformHours(actor, { range: day, currency: 'CNY' }),
      raw: grouped(day, BY_HOUR, OUTCOMES),
    },
    {
      name: 'overview: outcomes by hour, 14 days',
      ask: () => platformHours(actor, { range: fortnight, currency: 'CNY' }),
      raw: grouped(fortnight, BY_HOUR, OUTCOMES),
    },
    {
      name: 'overview: latency by hour, 24 h',
      ask: () => platformLatency(actor, { range: day }),
      raw: grouped(day, BY_HOUR, LATENCY),
    },
    {
      name: 'overview: amount today',
      ask: () => amountToday(actor, { asOf, dataAt: asOf, currency: 'CNY' }),
      raw: grouped(today, '1', OUTCOMES),
    },
    { name: 'overview: last minutes', ask: () => lastMinutes(actor, { asOf }) },
    {
      name: 'overview: largest flows, 24 h',
      ask: () => largestFlows(actor, { range: day, currency: 'CNY', top: 15 }),
      raw: grouped(day, PAIR, OUTCOMES),
      keeps: true,
    },
  ];
}

function flows({ asOf, day, week, fortnight }: Record<'day' | 'week' | 'fortnight', TimeRange> & { asOf: Date }): readonly Question[] {
  const every = (range: TimeRange, compare: 'none' | 'weekday') =>
    pairFlows(actor, { aligned: alignToHours({ range, dataAt: asOf, compare }), currency: 'CNY', types: [] });
  return [
    { name: 'flows: every pair, 24 h', ask: () => every(day, 'none'), raw: grouped(day, PAIR, OUTCOMES), keeps: true },
    { name: 'flows: every pair, 24 h, compared', ask: () => every(day, 'weekday'), keeps: true },
    { name: 'flows: every pair, 7 days', ask: () => every(week, 'none'), raw: grouped(week, PAIR, OUTCOMES), keeps: true },
    {
      name: 'flows: trend by hour, 14 days',
      ask: () => flowTrend(actor, { range: fortnight, stepS: 3600, currency: 'CNY', types: [], byRoute: false }),
      raw: grouped(fortnight, BY_HOUR, OUTCOMES),
    },
  ];
}

function institutions({ day, busiest }: { day: TimeRange; busiest: number }): readonly Question[] {
  const axis = boardAxis(day);
  return [
    {
      name: 'institutions: board, 24 h',
      ask: () => boardRows(actor, { range: day, axis, role: 'payer', currency: 'CNY' }),
      raw: grouped(day, `payer_institution_id, ${BY_HOUR}`, OUTCOMES),
    },
    {
      name: 'institutions: latency board, 24 h',
      ask: () => institutionLatency(actor, { range: day, axis, role: 'payer' }),
      raw: grouped(day, 'payer_institution_id', LATENCY),
    },
    {
      name: 'institutions: counterparties of the busiest, 24 h',
      ask: () => counterparties(actor, { institutionId: busiest, range: day, axis, currency: 'CNY' }),
    },
  ];
}

function search({ asOf, fortnight, samples }: { asOf: Date; fortnight: TimeRange; samples: Samples }): readonly Question[] {
  const scope = { range: fortnight, payerIds: [], payeeIds: [], institutionIds: [], types: [], statuses: [] };
  const of = (run: number) => samples.payments[(run * 7) % samples.payments.length] as Samples['payments'][number];
  const page = (more: Partial<Parameters<typeof transactionRows>[1]['scope']>) =>
    transactionRows(actor, { scope: { ...scope, ...more }, after: null, limit: 100, locale: 'en' });
  const quiet = (run: number) => ({ institutionIds: [samples.quiet[run % samples.quiet.length] as number] });
  return [
    { name: 'search: by transaction id', ask: (run) => findTransactions(actor, { id: of(run).id }) },
    { name: 'search: by account, first page of 14 days', ask: (run) => page({ accountIds: [of(run).account] }) },
    {
      name: 'search: by last four digits, first page of 14 days',
      ask: async (run) => {
        const { accounts } = await accountsEndingIn(actor, { digits: of(run).digits, locale: 'en' });
        return await page({ accountIds: accounts.map(({ id }) => id) });
      },
    },
    { name: 'payments: newest 100', ask: () => page({}) },
    { name: 'payments: of a quiet institution, first page of 14 days', ask: (run) => page(quiet(run)) },
    {
      name: 'payments: of a quiet institution, totals of 14 days',
      ask: (run) => transactionTotals(actor, { scope: { ...scope, ...quiet(run) }, dataAt: asOf }),
    },
    { name: 'payments: all, totals of 14 days', ask: () => transactionTotals(actor, { scope, dataAt: asOf }) },
  ];
}

type Samples = {
  readonly payments: readonly { readonly id: string; readonly account: string; readonly digits: string }[];
  readonly busiest: number;
  readonly quiet: readonly number[];
};

async function sampled(pool: pg.Pool, { from, to }: TimeRange): Promise<Samples> {
  const payments = await pool.query<Samples['payments'][number]>(
    `select t.transaction_id as id, t.payer_account as account, a.number_last4 as digits
     from generate_series(1, 50) n
     cross join lateral (
       select * from clearing_transaction
       where accepted_at >= $1::timestamptz + n * interval '6 hours' and accepted_at < $2
       order by accepted_at
       limit 4
     ) t
     join account a on a.id = t.payer_account
     order by t.transaction_key`,
    [from, to],
  );
  const ranked = await pool.query<{ id: number }>(
    'select payee_institution_id as id from pair_day where day >= $1 group by 1 order by sum(succeeded) desc',
    [from],
  );
  const ids = ranked.rows.map(({ id }) => id);
  return { payments: payments.rows, busiest: ids[0] as number, quiet: ids.slice(-20) };
}

const OUTCOMES = `count(*) filter (where status = 'succeeded'), count(*) filter (where status = 'declined'),
  count(*) filter (where status = 'failed'), sum(amount_minor) filter (where status = 'succeeded')`;
const LATENCY = 'percentile_disc(array[0.5, 0.95, 0.99]) within group (order by responded_at - accepted_at)';
const BY_HOUR = "date_trunc('hour', accepted_at)";
const PAIR = 'payer_institution_id, payee_institution_id';

function grouped({ from, to }: TimeRange, by: string, what: string): string {
  return `select ${by}, ${what}
    from clearing_transaction
    where accepted_at >= '${from.toISOString()}' and accepted_at < '${to.toISOString()}'
    ${by === '1' ? '' : `group by ${by}`}`;
}

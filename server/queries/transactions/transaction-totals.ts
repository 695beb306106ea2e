import 'server-only';
import * as z from 'zod';
import { tierSpans } from '@/domain/flows/aligned-range';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { STATUS_CLASSES, type StatusClass } from '@/domain/transactions/transaction-filter';
import { type CurrencyTotal, countOf, joinTotals, type TransactionTotals } from '@/domain/transactions/transaction-totals';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { type TransactionScope, transactionConditions } from './transaction-conditions';

/** Rows that are counted one by one before the answer becomes "at least". */
export const COUNTED_ROWS_MAX = 100_000;
const COUNTING_MS_MAX = 3_000;
const HOUR_MS = 3_600_000;

/**
 * What all payments of a scope add up to, by currency: from roll-ups where one can answer, else by counting rows up to a bound.
 * `dataAt` is the newest payment rolled up; what a scope asks beyond it does not exist yet.
 */
export async function transactionTotals(
  actor: Actor,
  { scope, dataAt }: { scope: TransactionScope; dataAt: Date },
): Promise<TransactionTotals> {
  const tier = await tierFor(actor, scope);
  if (tier === null) return await countedRows(actor, scope, scope.range);
  const { whole, edges } = wholeHours(scope.range, dataAt);
  if (!whole) return await countedRows(actor, scope, scope.range);
  const parts: CurrencyTotal[] = [...(await rolledUp(actor, { scope, tier, range: whole }))];
  for (const edge of edges) {
    const counted = await countedRows(actor, scope, edge);
    if (counted.kind !== 'exact') return counted.kind === 'atLeast' ? { kind: 'uncounted' } : counted;
    parts.push(...counted.byCurrency);
  }
  return { kind: 'exact', from: 'rollup', byCurrency: joinTotals(asked(parts, scope.statuses)) };
}

type Tier = 'platform' | 'pair';

// Roll-ups know institutions on the two sides, type and currency, or route, type and currency of the whole platform.
async function tierFor(actor: Actor, scope: TransactionScope): Promise<Tier | null> {
  const { accountIds, keys, minMinor, maxMinor, payerIds, payeeIds, institutionIds, intermediaryIds = [], route, final } = scope;
  if (intermediaryIds.length > 0 || final !== undefined) return null;
  if (accountIds !== undefined || keys !== undefined || minMinor !== undefined || maxMinor !== undefined) return null;
  const parties = actor.institutionId === null ? institutionIds : [...institutionIds, actor.institutionId];
  if (payerIds.length + payeeIds.length + parties.length === 0) return 'platform';
  if (route !== undefined) return null;
  return parties.length === 0 || !(await everBetween(parties, scope.range)) ? 'pair' : null;
}

// Pairs do not know who stood between; a payment may name one institution both there and at its end.
async function everBetween(institutionIds: readonly number[], range: TimeRange): Promise<boolean> {
  const rows = await database().$queryRaw`
    select exists (
      select 1
      from institution_hour
      where institution_id = any(${[...institutionIds]}::int[])
        and role = 'intermediary'
        and hour >= date_trunc('hour', ${range.from}::timestamptz)
        and hour < ${range.to}
    ) as between`;
  return z.tuple([z.object({ between: z.boolean() })]).parse(rows)[0].between;
}

/** The whole hours of a range, and what is left over at its ends. The hour that is still filling is whole: nothing lies beyond `dataAt`. */
function wholeHours({ from, to }: TimeRange, dataAt: Date): { whole: TimeRange | null; edges: readonly TimeRange[] } {
  const first = new Date(Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS);
  const last = new Date((to > dataAt ? Math.ceil(to.getTime() / HOUR_MS) : Math.floor(to.getTime() / HOUR_MS)) * HOUR_MS);
  if (last <= first) return { whole: null, edges: [] };
  const edges = [
    { from, to: first },
    { from: last, to },
  ];
  return { whole: { from: first, to: last }, edges: edges.filter((edge) => edge.from < edge.to) };
}

const SUMS = Prisma.sql`sum(succeeded)::text as succeeded, sum(declined)::text as declined, sum(failed)::text as failed,
  sum(unknown)::text as unknown, sum(amount_minor)::text as "amountMinor"`;
const Total = z.object({
  currency: z.string(),
  succeeded: z.coerce.bigint(),
  declined: z.coerce.bigint(),
  failed: z.coerce.bigint(),
  unknown: z.coerce.bigint(),
  amountMinor: z.coerce.bigint(),
});

async function rolledUp(actor: Actor, input: { scope: TransactionScope; tier: Tier; range: TimeRange }): Promise<readonly CurrencyTotal[]> {
  const { scope, tier, range } = input;
  const where = rollupConditions(actor, scope);
  const spans = tierSpans(range).map((span) => {
    const table = Prisma.raw(`${tier}_${span.tier}`);
    const bucket = Prisma.raw(span.tier);
    const [from, to] =
      span.tier === 'day'
        ? [Prisma.sql`${businessDay(span.range.from)}::date`, Prisma.sql`${businessDay(span.range.to)}::date`]
        : [Prisma.sql`${span.range.from}`, Prisma.sql`${span.range.to}`];
    return Prisma.sql`
      select currency, succeeded, declined, failed, unknown, amount_minor
      from ${table}
      where ${bucket} >= ${from}
        and ${bucket} < ${to}
        and ${where}`;
  });
  const rows = await database().$queryRaw`
    select currency, ${SUMS}
    from (${Prisma.join(spans, ' union all ')}) spans
    group by currency`;
  return z.array(Total).parse(rows);
}

function rollupConditions(actor: Actor, { currency, types, route, payerIds, payeeIds, institutionIds }: TransactionScope): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (currency !== undefined) all.push(Prisma.sql`currency = ${currency}`);
  if (types.length > 0) all.push(Prisma.sql`business_type = any(${[...types]}::business_type[])`);
  if (route !== undefined) all.push(Prisma.sql`route = ${route}::payment_route`);
  if (payerIds.length > 0) all.push(Prisma.sql`payer_institution_id = any(${[...payerIds]}::int[])`);
  if (payeeIds.length > 0) all.push(Prisma.sql`payee_institution_id = any(${[...payeeIds]}::int[])`);
  for (const ids of [institutionIds, actor.institutionId === null ? [] : [actor.institutionId]])
    if (ids.length > 0)
      all.push(Prisma.sql`(payer_institution_id = any(${[...ids]}::int[]) or payee_institution_id = any(${[...ids]}::int[]))`);
  return Prisma.join(all, ' and ');
}

async function countedRows(actor: Actor, scope: TransactionScope, range: TimeRange): Promise<TransactionTotals> {
  const accounts = scope.accountIds;
  const held =
    accounts === undefined
      ? Prisma.empty
      : Prisma.sql`and (t.payer_account = any(${[...accounts]}::uuid[]) or t.payee_account = any(${[...accounts]}::uuid[]))`;
  const counting = database().$queryRaw`
    select currency,
      count(*) filter (where status = 'succeeded')::text as succeeded,
      count(*) filter (where status = 'declined')::text as declined,
      count(*) filter (where status = 'failed')::text as failed,
      count(*) filter (where status in ('unknown', 'received'))::text as unknown,
      coalesce(sum(amount_minor) filter (where status = 'succeeded'), 0)::text as "amountMinor"
    from (
      select t.currency, t.status, t.amount_minor
      from clearing_transaction t
      where ${transactionConditions({ ...scope, range }, actor.institutionId)}
        ${held}
      limit ${COUNTED_ROWS_MAX + 1}
    ) rows
    group by currency`;
  try {
    const [, rows] = await database().$transaction([
      database().$executeRaw`select set_config('statement_timeout', ${String(COUNTING_MS_MAX)}, true)`,
      counting,
    ]);
    const byCurrency = joinTotals(z.array(Total).parse(rows));
    if (countOf(byCurrency) > BigInt(COUNTED_ROWS_MAX)) return { kind: 'atLeast', count: COUNTED_ROWS_MAX };
    return { kind: 'exact', from: 'rows', byCurrency };
  } catch (error) {
    if (isTimeout(error)) return { kind: 'uncounted' };
    throw error;
  }
}

// 57014 is PostgreSQL's query_canceled: the statement ran out of its time.
function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error && /57014|statement timeout/.test(`${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? '')}`)
  );
}

// Roll-ups hold every status; a filter on status asks for some of them.
function asked(totals: readonly CurrencyTotal[], statuses: readonly StatusClass[]): readonly CurrencyTotal[] {
  if (statuses.length === 0) return totals;
  const has = (status: StatusClass) => statuses.includes(status);
  return totals.map((total) => ({
    ...total,
    ...Object.fromEntries(STATUS_CLASSES.map((status) => [status, has(status) ? total[status] : 0n])),
    amountMinor: has('succeeded') ? total.amountMinor : 0n,
  }));
}

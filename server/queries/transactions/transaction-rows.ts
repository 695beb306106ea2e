import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import type { TransactionRow } from '@/domain/transactions/transaction-row';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { isSpread } from '@/server/is-spread';
import type { Actor } from '@/server/session';
import { type TransactionScope, transactionConditions } from './transaction-conditions';

export const PAGE_ROWS_MAX = 200;

/** Where a page ends: the next one begins with the first row that comes after it. Microseconds, as the database keeps them. */
export const TransactionCursor = z.object({
  acceptedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\+00:00$/),
  key: z.uuid(),
});
export type TransactionCursor = z.infer<typeof TransactionCursor>;

export type TransactionPage = { readonly rows: readonly TransactionRow[]; readonly next: TransactionCursor | null };

const Row = z.object({
  key: z.string(),
  accepted_at: z.string(),
  transaction_id: z.string(),
  business_type: z.enum(BUSINESS_TYPES),
  route: z.enum(ROUTES),
  status: z.enum(TRANSACTION_STATUSES),
  system_code: z.string().nullable(),
  business_code: z.string().nullable(),
  payer_code: z.string(),
  payer_name: z.string(),
  payer_masked: z.string().nullable(),
  between_code: z.string().nullable(),
  between_name: z.string().nullable(),
  payee_code: z.string(),
  payee_name: z.string(),
  payee_masked: z.string().nullable(),
  amount_minor: z.string(),
  currency: z.string(),
  answer_ms: z.int().nullable(),
  session_no: z.string().nullable(),
  end_to_end_id: z.string().nullable(),
  is_final: z.boolean(),
});

/** The payments of a scope, newest first, one page of at most `limit` after `after`. Institutions' short names in `locale`. */
export async function transactionRows(
  actor: Actor,
  question: { scope: TransactionScope; after: TransactionCursor | null; limit: number; locale: string },
): Promise<TransactionPage> {
  const { scope, after, locale } = question;
  const limit = Math.min(question.limit, PAGE_ROWS_MAX);
  const chinese = locale.startsWith('zh');
  const rows = z.array(Row).parse(
    await database().$queryRaw`
    with page as materialized (${pageOf({ actor, scope, after, limit: limit + 1, spread: await isSpread() })}),
    -- Apart, so that a cluster asks its account shards for these numbers alone.
    numbers as materialized (
      select id, number_masked from account
      where id in (select payer_account from page union select payee_account from page)
    )
    select page.transaction_key::text as key,
      to_json(page.accepted_at at time zone 'UTC') #>> '{}' || '+00:00' as accepted_at,
      page.transaction_id, page.business_type::text, page.route::text, page.status::text, page.system_code, page.business_code,
      payer.code as payer_code,
      case when ${chinese} then payer.short_zh else payer.short_en end as payer_name,
      payer_account.number_masked as payer_masked,
      middle.code as between_code,
      case when ${chinese} then middle.short_zh else middle.short_en end as between_name,
      payee.code as payee_code,
      case when ${chinese} then payee.short_zh else payee.short_en end as payee_name,
      payee_account.number_masked as payee_masked,
      page.amount_minor::text as amount_minor, page.currency,
      least(extract(epoch from page.responded_at - page.accepted_at) * 1000, 2147483647)::int as answer_ms,
      page.session_no, page.end_to_end_id, page.final_at is not null as is_final
    from page
    join institution payer on payer.id = page.payer_institution_id
    join institution payee on payee.id = page.payee_institution_id
    left join institution middle on middle.id = page.intermediary_institution_id
    left join numbers payer_account on payer_account.id = page.payer_account
    left join numbers payee_account on payee_account.id = page.payee_account
    order by page.accepted_at desc, page.transaction_key desc`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown.map(toRow), next: rows.length > limit && last ? { acceptedAt: last.accepted_at, key: last.key } : null };
}

const COLUMNS = Prisma.sql`t.transaction_key, t.accepted_at, t.transaction_id, t.business_type, t.route, t.status, t.system_code,
  t.business_code, t.payer_institution_id, t.payer_account, t.intermediary_institution_id, t.payee_institution_id, t.payee_account,
  t.amount_minor, t.currency, t.responded_at, t.final_at, t.session_no, t.end_to_end_id`;

type PageInput = { actor: Actor; scope: TransactionScope; after: TransactionCursor | null; limit: number; spread: boolean };

function pageOf({ actor, scope, after, limit, spread }: PageInput): Prisma.Sql {
  // The plain bound prunes partitions; the pair only breaks ties of the same microsecond.
  const resumed = after
    ? Prisma.sql`and t.accepted_at <= ${after.acceptedAt}::timestamptz
        and (t.accepted_at, t.transaction_key) < (${after.acceptedAt}::timestamptz, ${after.key}::uuid)`
    : Prisma.empty;
  const where = Prisma.sql`${transactionConditions(scope, actor.institutionId)} ${resumed}`;
  const ways = waysTo(scope, actor.institutionId);
  if (ways.length === 0)
    return Prisma.sql`
      select ${COLUMNS}
      from clearing_transaction t
      where ${where}
      order by t.accepted_at desc, t.transaction_key desc
      limit ${limit}`;
  // The newest rows of each account or institution come off its own index in order; a bitmap over all of them would read a busy one to its end.
  const oneByOne = ({ column, values }: Way) => Prisma.sql`
    select r.*
    from unnest(${values}) as a (id)
    cross join lateral (
      select ${COLUMNS}
      from clearing_transaction t
      where ${column} = a.id
        and ${where}
      order by t.accepted_at desc, t.transaction_key desc
      limit ${limit}
    ) r`;
  // The shards of a cluster cannot be asked for one after the other.
  const together = ({ column, values }: Way) => Prisma.sql`
    (select ${COLUMNS}
    from clearing_transaction t
    where ${column} = any(${values})
      and ${where}
    order by t.accepted_at desc, t.transaction_key desc
    limit ${limit})`;
  return Prisma.sql`
    select *
    from (${Prisma.join(ways.map(spread ? together : oneByOne), ' union ')}) any_way
    order by accepted_at desc, transaction_key desc
    limit ${limit}`;
}

/** A column and whom it names: all ways together lead to every payment of a scope, some of them more than once. */
type Way = { readonly column: Prisma.Sql; readonly values: Prisma.Sql };

/** Of more institutions the newest payments are soon found by time alone. */
const INSTITUTIONS_ONE_BY_ONE_MAX = 12;

function waysTo(scope: TransactionScope, viewerInstitutionId: number | null): readonly Way[] {
  if (scope.accountIds !== undefined) {
    const values = Prisma.sql`${[...scope.accountIds]}::uuid[]`;
    return [Prisma.sql`t.payer_account`, Prisma.sql`t.payee_account`].map((column) => ({ column, values }));
  }
  const payer = Prisma.sql`t.payer_institution_id`;
  const payee = Prisma.sql`t.payee_institution_id`;
  const between = Prisma.sql`t.intermediary_institution_id`;
  const anyPart = [payer, payee, between];
  const choices: readonly (readonly [readonly number[], readonly Prisma.Sql[]])[] = [
    [scope.payerIds, [payer]],
    [scope.payeeIds, [payee]],
    [scope.intermediaryIds ?? [], [between]],
    [scope.institutionIds, anyPart],
    [viewerInstitutionId === null ? [] : [viewerInstitutionId], anyPart],
  ];
  const fewest = choices
    .filter(([ids]) => ids.length > 0 && ids.length <= INSTITUTIONS_ONE_BY_ONE_MAX)
    .toSorted(([a], [b]) => a.length - b.length)[0];
  if (!fewest) return [];
  const values = Prisma.sql`${[...fewest[0]]}::int[]`;
  return fewest[1].map((column) => ({ column, values }));
}

function toRow(row: z.infer<typeof Row>): TransactionRow {
  return {
    key: row.key,
    id: row.transaction_id,
    acceptedAt: row.accepted_at,
    businessType: row.business_type,
    route: row.route,
    status: row.status,
    systemCode: row.system_code,
    businessCode: row.business_code,
    payer: { code: row.payer_code, name: row.payer_name },
    payerAccount: row.payer_masked,
    intermediary: row.between_code === null || row.between_name === null ? null : { code: row.between_code, name: row.between_name },
    payee: { code: row.payee_code, name: row.payee_name },
    payeeAccount: row.payee_masked,
    amountMinor: row.amount_minor,
    currency: row.currency,
    answerMs: row.answer_ms,
    sessionNo: row.session_no,
    endToEndId: row.end_to_end_id,
    isFinal: row.is_final,
  };
}

import 'server-only';
import * as z from 'zod';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { Prisma } from '@/server/generated/prisma/client';
import type { Register } from './register';
import { hadStatus, isLater, type SnapshotBatches, STATUS_THEN, snapshotConditions } from './snapshot-conditions';

/** Rows of one step: the monitor does other things between two. */
export const PAGE_ROWS = 2_000;

const Time = z.string().nullable();
export const PaymentRow = z.object({
  key: z.string(),
  accepted_at: z.string(),
  transaction_id: z.string(),
  end_to_end_id: z.string().nullable(),
  uetr: z.string().nullable(),
  session_no: z.string().nullable(),
  business_type: z.string(),
  route: z.string(),
  channel: z.string().nullable(),
  status: z.string(),
  payer: z.int(),
  payer_account: z.string().nullable(),
  intermediary: z.int().nullable(),
  payee: z.int(),
  payee_account: z.string().nullable(),
  amount_minor: z.string(),
  currency: z.string(),
  initiated_at: Time,
  agreement_no: z.string().nullable(),
  merchant_id: z.string().nullable(),
  terminal_id: z.string().nullable(),
  original_key: z.string().nullable(),
});
export type PaymentRow = z.infer<typeof PaymentRow>;

export const PairRow = z.object({
  payer: z.int(),
  payee: z.int(),
  currency: z.string(),
  succeeded: z.string(),
  declined: z.string(),
  failed: z.string(),
  unknown: z.string(),
  amount_minor: z.string(),
});
export type PairRow = z.infer<typeof PairRow>;

export type PageQuestion = {
  readonly question: ExportQuestion;
  readonly register: Register;
  readonly batches: SnapshotBatches;
};

const utc = (column: Prisma.Sql) => Prisma.sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The payments after a place (accepted_at, key), oldest first, as they were in the snapshot. */
export function paymentPage(asked: PageQuestion, after: readonly [at: string, key: string] | null): Prisma.Sql {
  const { question, register, batches } = asked;
  const resumed = after
    ? Prisma.sql`and t.accepted_at >= ${after[0]}::timestamptz and (t.accepted_at, t.transaction_key) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  const number = question.masking === 'open' ? Prisma.sql`encode(number_cipher, 'base64')` : Prisma.sql`number_masked`;
  return Prisma.sql`
    with page as materialized (
      select t.transaction_key as key, t.accepted_at, t.transaction_id, t.end_to_end_id, t.uetr, t.session_no, t.business_type, t.route, t.channel,
        ${STATUS_THEN} as status, t.payer_institution_id as payer, t.payer_account, t.intermediary_institution_id as intermediary,
        t.payee_institution_id as payee, t.payee_account, t.amount_minor, t.currency, t.initiated_at, t.agreement_no, t.merchant_id,
        t.terminal_id, t.original_transaction_key as original_key
      from clearing_transaction t
      left join lateral (
        select o.from_status
        from transaction_outcome o
        join feed_batch b on b.id = o.batch_id
        where o.transaction_key = t.transaction_key
          and ${isLater(batches)}
        order by b.xid, b.id, o.line_no
        limit 1
      ) ahead on true
      where ${snapshotConditions(question, register, batches)}
        ${resumed}
        and ${hadStatus(question.filter.statuses)}
      order by t.accepted_at, t.transaction_key
      limit ${PAGE_ROWS}
    ),
    numbers as materialized (
      select id, ${number} as number from account where id in (select payer_account from page union select payee_account from page)
    )
    select page.key::text as key, ${utc(Prisma.sql`page.accepted_at`)} as accepted_at, page.transaction_id, page.end_to_end_id,
      page.uetr::text as uetr, page.session_no, page.business_type::text as business_type, page.route::text as route, page.channel,
      page.status::text as status, page.payer, payer_number.number as payer_account, page.intermediary, page.payee,
      payee_number.number as payee_account, page.amount_minor::text as amount_minor, page.currency,
      ${utc(Prisma.sql`page.initiated_at`)} as initiated_at, page.agreement_no, page.merchant_id, page.terminal_id,
      page.original_key::text as original_key
    from page
    left join numbers payer_number on payer_number.id = page.payer_account
    left join numbers payee_number on payee_number.id = page.payee_account
    order by page.accepted_at, page.key`;
}

/** Payers, payees and what passed between them, all pairs at once: they are thousands, not millions. */
export function pairsPage(asked: PageQuestion): Prisma.Sql {
  const counted = (statuses: readonly string[]) =>
    Prisma.sql`count(*) filter (where status = any(${[...statuses]}::transaction_status[]))::text`;
  return Prisma.sql`
    with ${then(asked)}
    select payer, payee, currency, ${counted(['succeeded'])} as succeeded, ${counted(['declined'])} as declined,
      ${counted(['failed'])} as failed, ${counted(['unknown', 'received'])} as unknown,
      coalesce(sum(amount_minor) filter (where status = 'succeeded'), 0)::text as amount_minor
    from payments
    group by payer, payee, currency
    order by payer, payee, currency`;
}

/** How many rows the files will have. */
export function promisedRows(asked: PageQuestion): Prisma.Sql {
  const what = asked.question.kind === 'flows' ? Prisma.sql`count(distinct (payer, payee, currency))` : Prisma.sql`count(*)`;
  return Prisma.sql`with ${then(asked)} select ${what}::text as rows from payments`;
}

function then({ question, register, batches }: PageQuestion): Prisma.Sql {
  return Prisma.sql`ahead as materialized (
      select distinct on (o.transaction_key) o.transaction_key, o.from_status
      from transaction_outcome o
      join feed_batch b on b.id = o.batch_id
      where ${isLater(batches)}
      order by o.transaction_key, b.xid, b.id, o.line_no
    ),
    payments as (
      select t.payer_institution_id as payer, t.payee_institution_id as payee, t.currency, ${STATUS_THEN} as status, t.amount_minor
      from clearing_transaction t
      left join ahead on ahead.transaction_key = t.transaction_key
      where ${snapshotConditions(question, register, batches)}
        and ${hadStatus(question.filter.statuses)}
    )`;
}

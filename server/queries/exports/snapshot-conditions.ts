import 'server-only';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { Prisma } from '@/server/generated/prisma/client';
import { type TransactionScope, transactionConditions } from '@/server/queries/transactions/transaction-conditions';
import { type Register, registeredId } from './register';

/**
 * The batches of a snapshot, as a condition on payments takes them: all up to a number, but for those that were still being written then.
 * The database counts batches when they begin; the snapshot is a place in the order in which they were committed.
 */
export type SnapshotBatches = { readonly upTo: string; readonly except: readonly string[] };

export const SNAPSHOT_UP_TO = ({ xid, batch }: ExportQuestion['snapshot']) => Prisma.sql`
  select coalesce(max(id), 0)::text as id from feed_batch where (xid, id) <= (${xid}::xid8, ${batch}::bigint)`;
export const SNAPSHOT_EXCEPT = ({ xid, batch }: ExportQuestion['snapshot'], upTo: string) => Prisma.sql`
  select id::text as id from feed_batch where (xid, id) > (${xid}::xid8, ${batch}::bigint) and id < ${upTo}::bigint`;

/** Conditions on clearing_transaction `t`: what is asked, in the snapshot; its status is {@link statusThen}'s affair. */
export function snapshotConditions(question: ExportQuestion, register: Register, batches: SnapshotBatches): Prisma.Sql {
  const { filter, scope } = question;
  const ids = (codes: readonly string[]) => codes.map((code) => registeredId(register, code));
  const asked: TransactionScope = {
    range: { from: new Date(filter.from), to: new Date(filter.to) },
    currency: filter.currency ?? undefined,
    payerIds: ids(filter.payers),
    payeeIds: ids(filter.payees),
    institutionIds: ids(filter.institutions),
    intermediaryIds: ids(filter.intermediaries),
    types: filter.types,
    statuses: [],
    route: filter.route ?? undefined,
    accountIds: filter.accounts ?? undefined,
    keys: filter.keys ?? undefined,
    minMinor: filter.minMinor === null ? undefined : BigInt(filter.minMinor),
    maxMinor: filter.maxMinor === null ? undefined : BigInt(filter.maxMinor),
  };
  const parts = [transactionConditions(asked, scope === null ? null : registeredId(register, scope))];
  if (filter.accounts !== null)
    parts.push(
      Prisma.sql`(t.payer_account = any(${[...filter.accounts]}::uuid[]) or t.payee_account = any(${[...filter.accounts]}::uuid[]))`,
    );
  parts.push(Prisma.sql`t.batch_id <= ${batches.upTo}::bigint`);
  if (batches.except.length > 0) parts.push(Prisma.sql`t.batch_id <> all(${[...batches.except]}::bigint[])`);
  return Prisma.join(parts, ' and ');
}

/** Outcomes `o` that came after the snapshot and changed a status. */
export function isLater({ upTo, except }: SnapshotBatches): Prisma.Sql {
  return Prisma.sql`o.from_status <> o.to_status and (o.batch_id > ${upTo}::bigint or o.batch_id = any(${[...except]}::bigint[]))`;
}

/** What the first later outcome found is what the status was in the snapshot; without one it is what it is. `ahead` holds that outcome. */
export const STATUS_THEN = Prisma.sql`coalesce(ahead.from_status, t.status)`;

export function hadStatus(statuses: ExportQuestion['filter']['statuses']): Prisma.Sql {
  if (statuses.length === 0) return Prisma.sql`true`;
  const stored = statuses.includes('unknown') ? [...statuses, 'received'] : [...statuses];
  return Prisma.sql`${STATUS_THEN} = any(${stored}::transaction_status[])`;
}

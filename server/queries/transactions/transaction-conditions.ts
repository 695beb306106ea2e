import 'server-only';
import type { BusinessType, Route } from '@/domain/clearing/transaction';
import type { TimeRange } from '@/domain/time-range';
import type { Final, StatusClass } from '@/domain/transactions/transaction-filter';
import { Prisma } from '@/server/generated/prisma/client';

/** Which payments: accepted within the range, and every other condition that is given. Empty lists are no condition. */
export type TransactionScope = {
  readonly range: TimeRange;
  readonly currency?: string | undefined;
  readonly payerIds: readonly number[];
  readonly payeeIds: readonly number[];
  /** On either side or between. */
  readonly institutionIds: readonly number[];
  /** The payment institution in between. */
  readonly intermediaryIds?: readonly number[] | undefined;
  readonly types: readonly BusinessType[];
  readonly statuses: readonly StatusClass[];
  readonly route?: Route | undefined;
  readonly final?: Final | undefined;
  /** Payer's or payee's account. Undefined: any; empty: none. */
  readonly accountIds?: readonly string[] | undefined;
  /** These payments only; undefined: any. */
  readonly keys?: readonly string[] | undefined;
  readonly minMinor?: bigint | undefined;
  readonly maxMinor?: bigint | undefined;
};

/** Conditions on clearing_transaction `t`, the accounts apart: they choose the index to read by. */
export function transactionConditions(scope: TransactionScope, viewerInstitutionId: number | null): Prisma.Sql {
  const {
    range,
    currency,
    payerIds,
    payeeIds,
    institutionIds,
    intermediaryIds = [],
    types,
    statuses,
    route,
    final,
    minMinor,
    maxMinor,
  } = scope;
  const all = [Prisma.sql`t.accepted_at >= ${range.from}`, Prisma.sql`t.accepted_at < ${range.to}`];
  if (scope.keys !== undefined) all.push(Prisma.sql`t.transaction_key = any(${[...scope.keys]}::uuid[])`);
  if (currency !== undefined) all.push(Prisma.sql`t.currency = ${currency}`);
  if (payerIds.length > 0) all.push(Prisma.sql`t.payer_institution_id = any(${[...payerIds]}::int[])`);
  if (payeeIds.length > 0) all.push(Prisma.sql`t.payee_institution_id = any(${[...payeeIds]}::int[])`);
  if (institutionIds.length > 0) all.push(isParty(institutionIds));
  if (intermediaryIds.length > 0) all.push(Prisma.sql`t.intermediary_institution_id = any(${[...intermediaryIds]}::int[])`);
  if (viewerInstitutionId !== null) all.push(isParty([viewerInstitutionId]));
  if (types.length > 0) all.push(Prisma.sql`t.business_type = any(${[...types]}::business_type[])`);
  if (statuses.length > 0) {
    // A received payment is unknown until it is answered, as in the roll-ups.
    const stored = statuses.includes('unknown') ? [...statuses, 'received'] : [...statuses];
    all.push(Prisma.sql`t.status = any(${stored}::transaction_status[])`);
  }
  if (route !== undefined) all.push(Prisma.sql`t.route = ${route}::payment_route`);
  if (final !== undefined) all.push(final === 'yes' ? Prisma.sql`t.final_at is not null` : Prisma.sql`t.final_at is null`);
  if (minMinor !== undefined) all.push(Prisma.sql`t.amount_minor >= ${minMinor}`);
  if (maxMinor !== undefined) all.push(Prisma.sql`t.amount_minor <= ${maxMinor}`);
  return Prisma.join(all, ' and ');
}

/** Whether one of the institutions takes part in clearing_transaction `t`. */
export function isParty(institutionIds: readonly number[]): Prisma.Sql {
  const ids = [...institutionIds];
  return Prisma.sql`(t.payer_institution_id = any(${ids}::int[])
    or t.payee_institution_id = any(${ids}::int[])
    or t.intermediary_institution_id = any(${ids}::int[]))`;
}

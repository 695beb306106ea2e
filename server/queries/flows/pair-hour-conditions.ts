import 'server-only';
import type { BusinessType } from '@/domain/clearing/transaction';
import type { TimeRange } from '@/domain/time-range';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export type PairHourScope = {
  /** Whole hours. */
  readonly range: TimeRange;
  readonly currency: string;
  /** Empty: every type. */
  readonly types: readonly BusinessType[];
  readonly payerId: number;
  readonly payeeId: number;
};

/** Whether the actor may see the pair at all: an institution's own people see the pairs it is one side of. */
export function seesPair({ institutionId }: Actor, { payerId, payeeId }: PairHourScope): boolean {
  return institutionId === null || institutionId === payerId || institutionId === payeeId;
}

/** Conditions on pair_hour: one pair's hours. */
export function pairHourConditions({ range, currency, types, payerId, payeeId }: PairHourScope): Prisma.Sql {
  const typed = types.length > 0 ? Prisma.sql`and business_type = any(${[...types]}::business_type[])` : Prisma.empty;
  return Prisma.sql`payer_institution_id = ${payerId}
      and payee_institution_id = ${payeeId}
      and hour >= ${range.from}
      and hour < ${range.to}
      and currency = ${currency}
      ${typed}`;
}

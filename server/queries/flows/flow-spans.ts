import 'server-only';
import type { BusinessType } from '@/domain/clearing/transaction';
import { type AlignedRange, tierSpans } from '@/domain/flows/aligned-range';
import { businessDay } from '@/domain/time-range';
import { Prisma } from '@/server/generated/prisma/client';

/** Whose pairs: an institution's own people see only what it paid or was paid. */
export type FlowScope = { readonly institutionId: number | null };

export type FlowConditions = {
  readonly currency: string;
  /** Empty: all. */
  readonly types: readonly BusinessType[];
  readonly payerId?: number;
  readonly payeeId?: number;
};

export type FlowFilter = FlowConditions & { readonly aligned: Omit<AlignedRange, 'rows'> };

type Period = 'now' | 'open' | 'before';

/**
 * Pair roll-up rows of the range (`now`), of its hour that is still filling (`open`, a part of `now`) and of the span compared with
 * (`before`), as one relation: period, payer, payee, business_type, succeeded, declined, failed, unknown, amount_minor.
 */
export function flowRows(scope: FlowScope, filter: FlowFilter): Prisma.Sql {
  const { range, open, before } = filter.aligned;
  const parts = [...spansOf(scope, filter, 'now', range)];
  if (open && before) parts.push(...spansOf(scope, filter, 'open', open));
  if (before) parts.push(...spansOf(scope, filter, 'before', before));
  return Prisma.join(parts, ' union all ');
}

function spansOf(scope: FlowScope, filter: FlowFilter, period: Period, range: AlignedRange['range']): readonly Prisma.Sql[] {
  const where = pairConditions(scope, filter);
  return tierSpans(range).map(({ tier, range: span }) =>
    tier === 'day'
      ? Prisma.sql`
          select ${period}::text as period, payer_institution_id as payer, payee_institution_id as payee, business_type,
            succeeded, declined, failed, unknown, amount_minor
          from pair_day
          where day >= ${businessDay(span.from)}::date
            and day < ${businessDay(span.to)}::date
            and ${where}`
      : Prisma.sql`
          select ${period}::text as period, payer_institution_id as payer, payee_institution_id as payee, business_type,
            succeeded, declined, failed, unknown, amount_minor
          from pair_hour
          where hour >= ${span.from}
            and hour < ${span.to}
            and ${where}`,
  );
}

/** Of a table of pairs. The scope is a condition like any other, and none of the others can widen it. */
export function pairConditions(scope: FlowScope, { currency, types, payerId, payeeId }: FlowConditions): Prisma.Sql {
  const all = [Prisma.sql`currency = ${currency}`];
  if (types.length > 0) all.push(Prisma.sql`business_type = any(${[...types]}::business_type[])`);
  if (payerId !== undefined) all.push(Prisma.sql`payer_institution_id = ${payerId}`);
  if (payeeId !== undefined) all.push(Prisma.sql`payee_institution_id = ${payeeId}`);
  if (scope.institutionId !== null)
    all.push(Prisma.sql`(payer_institution_id = ${scope.institutionId} or payee_institution_id = ${scope.institutionId})`);
  return Prisma.join(all, ' and ');
}

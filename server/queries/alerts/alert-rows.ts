import 'server-only';
import * as z from 'zod';
import type { AlertFilter, Sort } from '@/domain/alerts/alert-filter';
import type { AlertCursor, AlertPage } from '@/domain/alerts/alert-row';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { Actor } from '@/server/session';
import { alertConditions, DUE_AT } from './alert-conditions';
import { ALERT_COLUMNS, AlertRecord, alertRowsOf } from './alert-records';

export const ALERT_ROWS_MAX = 200;

const Positioned = AlertRecord.extend({ position: z.string() });

/** What a list is ordered by, the type that it has in the database, and its direction. */
function orderOf(sort: Sort, currency: string): { by: Prisma.Sql; type: Prisma.Sql; down: boolean } {
  // Amounts of another currency cannot be compared: they come after those that can.
  if (sort === 'amount')
    return {
      by: Prisma.sql`case when a.currency = ${currency} then a.amount_minor else -1 end`,
      type: Prisma.sql`bigint`,
      down: true,
    };
  if (sort === 'time') return { by: Prisma.sql`a.opened_at`, type: Prisma.sql`timestamptz`, down: true };
  if (sort === 'due') return { by: DUE_AT, type: Prisma.sql`timestamptz`, down: false };
  return { by: Prisma.sql`a.score`, type: Prisma.sql`real`, down: true };
}

/** Alerts of a filter in its order, one page of at most `limit` after `after`; what is compared as an amount is of `currency`. */
export async function alertRows(
  actor: Actor,
  question: { filter: AlertFilter; after: AlertCursor | null; limit: number; currency: string; locale: string; at: Date },
): Promise<AlertPage> {
  const { filter, after, currency, locale, at } = question;
  const limit = Math.min(question.limit, ALERT_ROWS_MAX);
  const institutions = filter.institutions.length === 0 ? [] : await institutionsByCode(actor, { codes: filter.institutions, locale });
  const { by, type, down } = orderOf(filter.sort, currency);
  const direction = down ? Prisma.sql`desc` : Prisma.sql`asc`;
  const resumed = after
    ? Prisma.sql`and (${by}, a.id) ${down ? Prisma.sql`<` : Prisma.sql`>`} (${after.value}::text::${type}, ${after.id}::text::bigint)`
    : Prisma.empty;
  const records = z.array(Positioned).parse(
    await database().$queryRaw`
      select ${ALERT_COLUMNS(at)}, (${by})::text as position
      from alert a
      where ${alertConditions(actor, { filter, institutionIds: institutions.map(({ id }) => id), at })}
        ${resumed}
      order by ${by} ${direction}, a.id ${direction}
      limit ${limit + 1}`,
  );
  const shown = records.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: await alertRowsOf(shown, locale),
    next: records.length > limit && last ? { value: last.position, id: last.id } : null,
  };
}

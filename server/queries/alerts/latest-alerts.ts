import 'server-only';
import * as z from 'zod';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { visibleTo } from './alert-conditions';
import { ALERT_COLUMNS, AlertRecord, alertRowsOf } from './alert-records';

export type LatestAlerts = { readonly rows: readonly AlertRow[]; readonly open: number };

/** The newest alerts that wait for somebody, of one institution or of all, and how many wait. */
export async function latestAlerts(
  actor: Actor,
  { institutionId, limit, locale }: { institutionId?: number; limit: number; locale: string },
): Promise<LatestAlerts> {
  const at = new Date();
  const waiting = Prisma.sql`a.state = 'open' and (a.snoozed_until is null or a.snoozed_until <= ${at}) and ${visibleTo(actor)}
    ${institutionId === undefined ? Prisma.empty : Prisma.sql`and a.institution_id = ${institutionId}`}`;
  const [records, counted] = await Promise.all([
    database().$queryRaw`
      select ${ALERT_COLUMNS(at)}
      from alert a
      where ${waiting}
      order by a.opened_at desc, a.id desc
      limit ${limit}`,
    database().$queryRaw`select count(*)::int as open from alert a where ${waiting}`,
  ]);
  return {
    rows: await alertRowsOf(z.array(AlertRecord).parse(records), locale),
    open: z.object({ open: z.int() }).parse((counted as unknown[])[0]).open,
  };
}

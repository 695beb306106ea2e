import 'server-only';
import * as z from 'zod';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { visibleTo } from './alert-conditions';
import { ALERT_COLUMNS, AlertRecord, alertRowsOf } from './alert-records';

const NEWEST_MAX = 5;
const Counts = z.object({ alerts: z.int(), good: z.int(), dismissed: z.int() });
type Asked = { readonly row: AlertRow; readonly locale: string; readonly at: Date };

/** Other alerts about the same subject: what became of them, and the newest five. */
export async function subjectHistory(actor: Actor, { row, subjectId: id, locale, at }: Asked & { readonly subjectId: string }) {
  const type = row.subject.kind;
  const [counts, records] = await Promise.all([
    database().$queryRaw`
      select count(*)::int as alerts, count(*) filter (where a.state in ('accepted', 'escalated'))::int as good,
        count(*) filter (where a.state = 'dismissed')::int as dismissed
      from alert a
      where a.subject_type = ${type} and a.subject_id = ${id} and a.id <> ${BigInt(row.id)} and ${visibleTo(actor)}`,
    database().$queryRaw`
      select ${ALERT_COLUMNS(at)}
      from alert a
      where a.subject_type = ${type} and a.subject_id = ${id} and a.id <> ${BigInt(row.id)} and ${visibleTo(actor)}
      order by a.opened_at desc, a.id desc
      limit ${NEWEST_MAX}`,
  ]);
  return { ...Counts.parse((counts as unknown[])[0]), newest: await alertRowsOf(z.array(AlertRecord).parse(records), locale) };
}

/** Other open alerts of the same kind, those of the nearest score first. */
export async function similarAlerts(actor: Actor, { row, locale, at }: Asked): Promise<AlertRow[]> {
  const records = await database().$queryRaw`
    select ${ALERT_COLUMNS(at)}
    from alert a
    where a.rule_id = ${row.ruleId} and a.state = 'open' and a.id <> ${BigInt(row.id)} and ${visibleTo(actor)}
    order by abs(a.score - ${row.score}::real), a.id desc
    limit 4`;
  return await alertRowsOf(z.array(AlertRecord).parse(records), locale);
}

/** Other alerts that this one may be a duplicate of: about the same subject, or naming one of its payments; open ones first. */
export async function possibleOriginals(
  actor: Actor,
  { alertId, locale, at }: { alertId: string; locale: string; at: Date },
): Promise<AlertRow[]> {
  const id = BigInt(alertId);
  const records = await database().$queryRaw`
    select ${ALERT_COLUMNS(at)}
    from alert a
    join alert own on own.id = ${id} and ${visibleTo(actor, 'own')}
    where a.id <> ${id}
      and a.state <> 'duplicate'
      and ${visibleTo(actor)}
      and ((a.subject_type = own.subject_type and a.subject_id = own.subject_id)
        or a.id in (
          select other.alert_id
          from alert_transaction mine
          join alert_transaction other on other.transaction_key = mine.transaction_key
          where mine.alert_id = ${id}
        ))
    order by (a.state = 'open') desc, a.opened_at desc, a.id desc
    limit 9`;
  return await alertRowsOf(z.array(AlertRecord).parse(records), locale);
}

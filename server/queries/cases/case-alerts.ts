import 'server-only';
import * as z from 'zod';
import { ALERT_SEVERITIES, ALERT_SOURCES, ALERT_STATES } from '@/domain/alerts/alert-states';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Row = z.object({
  id: z.string(),
  source: z.enum(ALERT_SOURCES),
  ruleId: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(ALERT_STATES),
  openedAt: z.date(),
  transactions: z.int(),
  subjectType: z.string(),
  subjectId: z.string(),
  institutionId: z.int().nullable(),
});
export type CaseAlertRow = z.infer<typeof Row>;

/** The alerts of a case, the latest first. Empty for who is not on it. */
export async function caseAlerts(actor: Actor, { no }: { no: string }): Promise<readonly CaseAlertRow[]> {
  requirePermission(actor, 'cases:view');
  return z.array(Row).parse(
    await database().$queryRaw`
      select a.id::text as id, a.source, a.rule_id as "ruleId", a.severity, a.state, a.opened_at as "openedAt",
        a.transaction_count as transactions, a.subject_type as "subjectType", a.subject_id as "subjectId",
        a.institution_id as "institutionId"
      from case_alert k
      join case_record c on c.id = k.case_id
      join alert a on a.id = k.alert_id
      where c.no = ${no} and ${onCase(actor)}
      order by a.opened_at desc, a.id desc`,
  );
}

import 'server-only';
import * as z from 'zod';
import { CASE_PARTS } from '@/domain/cases/case-parts';
import { CASE_FINDINGS, CASE_STATUSES } from '@/domain/cases/case-state';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Member = z.object({ id: z.string(), name: z.string(), login: z.string(), part: z.enum(CASE_PARTS) });
const Closing = z.object({
  id: z.string(),
  finding: z.enum(CASE_FINDINGS),
  conclusion: z.string(),
  hash: z.string(),
  proposedBy: z.string(),
  proposedByName: z.string(),
  proposedAt: z.coerce.date(),
  outcome: z.enum(['proposed', 'closed', 'rejected', 'withdrawn', 'outdated']),
  decidedByName: z.string().nullable(),
  decidedAt: z.coerce.date().nullable(),
  reason: z.string().nullable(),
});
const Hold = z.object({
  reason: z.string(),
  placedByName: z.string(),
  placedAt: z.coerce.date(),
  liftAskedBy: z.string().nullable(),
  liftAskedByName: z.string().nullable(),
  liftReason: z.string().nullable(),
});
const Row = z.object({
  no: z.string(),
  title: z.string(),
  summary: z.string(),
  status: z.enum(CASE_STATUSES),
  openedAt: z.date(),
  openedByName: z.string(),
  updatedAt: z.date(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  members: z.array(Member),
  closings: z.array(Closing),
  hold: Hold.nullable(),
});
export type CaseDetail = z.infer<typeof Row>;
export type CaseMember = z.infer<typeof Member>;
export type CaseClosing = z.infer<typeof Closing>;

/** What a case is about, who is on it, whether it is held, and every proposal to close it, oldest first; null for who is not on it. */
export async function caseDetail(actor: Actor, { no }: { no: string }): Promise<CaseDetail | null> {
  requirePermission(actor, 'cases:view');
  const [found] = z.array(Row).parse(
    await database().$queryRaw`
      select c.no, c.title, c.summary, c.status, c.opened_at as "openedAt", o.display_name as "openedByName", c.updated_at as "updatedAt",
        c.due_at as "dueAt", c.closed_at as "closedAt",
        (select jsonb_agg(jsonb_build_object('id', m.user_id, 'name', u.display_name, 'login', u.login, 'part', m.part)
            order by array_position(array['lead', 'supervisor', 'member'], m.part), u.display_name)
          from case_member m join app_user u on u.id = m.user_id where m.case_id = c.id) as members,
        coalesce((select jsonb_agg(jsonb_build_object('id', k.id::text, 'finding', k.finding, 'conclusion', k.conclusion,
            'hash', k.content_hash, 'proposedBy', k.proposed_by, 'proposedByName', p.display_name, 'proposedAt', k.proposed_at,
            'outcome', k.outcome, 'decidedByName', d.display_name, 'decidedAt', k.decided_at, 'reason', k.reason) order by k.id)
          from case_closing k
          join app_user p on p.id = k.proposed_by
          left join app_user d on d.id = k.decided_by
          where k.case_id = c.id), '[]') as closings,
        (select jsonb_build_object('reason', h.reason, 'placedByName', p.display_name, 'placedAt', h.placed_at,
            'liftAskedBy', h.lift_asked_by, 'liftAskedByName', q.display_name, 'liftReason', h.lift_reason)
          from case_hold h
          join app_user p on p.id = h.placed_by
          left join app_user q on q.id = h.lift_asked_by
          where h.case_id = c.id and h.lifted_at is null) as hold
      from case_record c
      join app_user o on o.id = c.opened_by
      where c.no = ${no} and ${onCase(actor)}`,
  );
  return found ?? null;
}

import 'server-only';
import * as z from 'zod';
import { CASE_CHECKS } from '@/domain/cases/case-steps';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Invalid } from '@/server/errors';
import type { Prisma } from '@/server/generated/prisma/client';
import { worksCases } from '@/server/queries/cases/case-people';
import { type Actor, requirePermission } from '@/server/session';
import { Text } from './work-on-case';

export const OpenCase = z.object({
  title: Text(2, 200),
  summary: Text(0, 4000).default(''),
  supervisorId: z.guid().nullable(),
  dueAt: z.date().nullable().default(null),
});
export type OpenCase = z.input<typeof OpenCase>;
export type OpenedCase = { readonly id: bigint; readonly no: string };

/** Opens a case that its opener leads, with the house's checklist. Throws Forbidden, and Invalid for a supervisor who cannot work cases. */
export async function openCase(actor: Actor, input: OpenCase): Promise<OpenedCase> {
  requirePermission(actor, 'cases:work');
  const parsed = OpenCase.parse(input);
  return await database().$transaction((tx) => openCaseIn(tx, actor, parsed));
}

/** The same within a transaction that puts something into it at once. */
export async function openCaseIn(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { title, summary, supervisorId, dueAt }: z.output<typeof OpenCase>,
): Promise<OpenedCase> {
  if (supervisorId === actor.id) throw new Invalid('nobody supervises themselves');
  if (supervisorId !== null && !(await worksCases(tx, supervisorId))) throw new Invalid('the supervisor cannot work cases');
  const opened = await tx.caseRecord.create({
    data: { title, summary, dueAt, openedBy: actor.id },
    select: { id: true, no: true },
  });
  const member = (userId: string, part: string) => ({ caseId: opened.id, userId, part, addedBy: actor.id });
  await tx.caseMember.createMany({
    data: [member(actor.id, 'lead'), ...(supervisorId === null ? [] : [member(supervisorId, 'supervisor')])],
  });
  await tx.caseCheck.createMany({ data: CASE_CHECKS.map((step) => ({ caseId: opened.id, step })) });
  await tx.caseEvent.create({ data: { caseId: opened.id, actorId: actor.id, kind: 'opened' } });
  await recordAudit(tx, actor, {
    action: 'case.opened',
    subject: { type: 'case', id: opened.no },
    detail: { title, ...(supervisorId === null ? {} : { supervisor: supervisorId }) },
  });
  return opened;
}

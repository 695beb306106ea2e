import 'server-only';
import * as z from 'zod';
import { CASE_PARTS, type PartRefusal, partObstacle } from '@/domain/cases/case-parts';
import { worksCases } from '@/server/queries/cases/case-people';
import type { Actor } from '@/server/session';
import { type CaseOutcome, workOnCase } from './work-on-case';

export const SetPart = z.object({ no: z.string(), userId: z.guid(), part: z.enum([...CASE_PARTS, 'none']) });
export const MEMBERS_MAX = 60;
type Reason = PartRefusal | 'nobody' | 'full';

/**
 * Puts somebody on a case, gives them another part, or takes them off. Becoming lead or supervisor makes whoever was it before a member; the
 * lead goes only by another one taking over, and only lead and supervisor change parts. Also of a closed case: reading is not changing. Throws NotFound, Forbidden.
 */
export async function setPart(actor: Actor, input: z.infer<typeof SetPart>): Promise<CaseOutcome<Reason>> {
  const { no, userId, part } = SetPart.parse(input);
  return await workOnCase<CaseOutcome<Reason>>(actor, no, async (tx, { id: caseId, part: by, status }) => {
    const refuse = (reason: Reason) => ({ outcome: { kind: 'refused' as const, reason }, event: null });
    const members = await tx.caseMember.findMany({ where: { caseId } });
    const before = CASE_PARTS.find((known) => members.some((member) => member.userId === userId && member.part === known)) ?? 'none';
    if (before === part) return { outcome: { kind: 'done' }, event: null };
    const supervised = members.some((member) => member.part === 'supervisor');
    const obstacle = partObstacle({ by, status, before, to: part }, supervised);
    if (obstacle) return refuse(obstacle);
    if (part === 'none') await tx.caseMember.delete({ where: { caseId_userId: { caseId, userId } } });
    else {
      if (!(await worksCases(tx, userId))) return refuse('nobody');
      if (members.length >= MEMBERS_MAX) return refuse('full');
      if (part !== 'member') await tx.caseMember.updateMany({ where: { caseId, part }, data: { part: 'member' } });
      await tx.caseMember.upsert({
        where: { caseId_userId: { caseId, userId } },
        create: { caseId, userId, part, addedBy: actor.id },
        update: { part },
      });
    }
    return { outcome: { kind: 'done' }, event: { kind: 'part-set', detail: { person: userId, part, before } } };
  });
}

import 'server-only';
import * as z from 'zod';
import { CASE_PARTS } from '@/domain/cases/case-parts';
import { casePeople } from '@/server/queries/cases/case-people';
import type { Actor } from '@/server/session';
import { type CaseOutcome, workOnCase } from './work-on-case';

export const SetPart = z.object({ no: z.string(), userId: z.guid(), part: z.enum([...CASE_PARTS, 'none']) });
export const MEMBERS_MAX = 60;
type Reason = 'nobody' | 'lead-stays' | 'full';

/**
 * Puts somebody on a case, gives them another part, or takes them off. Becoming lead or supervisor makes whoever was it before a member; the
 * lead goes only by another one taking over. Also of a closed case: reading is not changing. Throws NotFound, Forbidden.
 */
export async function setPart(actor: Actor, input: z.infer<typeof SetPart>): Promise<CaseOutcome<Reason>> {
  const { no, userId, part } = SetPart.parse(input);
  const people = await casePeople(actor);
  return await workOnCase<CaseOutcome<Reason>>(actor, no, async (tx, { id: caseId }) => {
    const refuse = (reason: Reason) => ({ outcome: { kind: 'refused' as const, reason }, event: null });
    const members = await tx.caseMember.findMany({ where: { caseId } });
    const before = members.find((member) => member.userId === userId)?.part ?? 'none';
    if (before === part) return { outcome: { kind: 'done' }, event: null };
    if (before === 'lead') return refuse('lead-stays');
    if (part === 'none') await tx.caseMember.delete({ where: { caseId_userId: { caseId, userId } } });
    else {
      if (!people.some(({ id }) => id === userId)) return refuse('nobody');
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

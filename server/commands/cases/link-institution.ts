import 'server-only';
import * as z from 'zod';
import { InstitutionCode } from '@/domain/ids';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase } from './work-on-case';

export const LinkInstitution = z.object({ no: z.string(), code: InstitutionCode });

/** Links an institution that concerns a case beyond those of its payments and alerts. Throws NotFound, Forbidden. */
export async function linkInstitution(actor: Actor, input: z.input<typeof LinkInstitution>): Promise<CaseOutcome<'no-institution'>> {
  const { no, code } = LinkInstitution.parse(input);
  return await changeCase<'no-institution'>(actor, no, async (tx, { id: caseId }) => {
    const found = await tx.institution.findUnique({ where: { code }, select: { id: true } });
    if (!found) return { outcome: { kind: 'refused', reason: 'no-institution' }, event: null };
    const { count } = await tx.caseInstitution.createMany({
      data: [{ caseId, institutionId: found.id, addedBy: actor.id }],
      skipDuplicates: true,
    });
    return { outcome: { kind: 'done' }, event: count > 0 ? { kind: 'institution-linked', detail: { code } } : null };
  });
}

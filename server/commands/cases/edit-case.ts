import 'server-only';
import * as z from 'zod';
import type { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase, Text } from './work-on-case';

export const EditCase = z.object({
  no: z.string(),
  title: Text(2, 200),
  summary: Text(0, 4000),
  dueAt: z.date().nullable(),
});
export type EditCase = z.input<typeof EditCase>;

/** Says anew what a case is about and when it is due. What it said before stays in the timeline. Throws NotFound, Forbidden. */
export async function editCase(actor: Actor, input: EditCase): Promise<CaseOutcome> {
  const { no, title, summary, dueAt } = EditCase.parse(input);
  return await changeCase(actor, no, async (tx, before) => {
    const detail: Prisma.InputJsonObject = {
      ...(before.title === title ? {} : { titleBefore: before.title }),
      ...(before.summary === summary ? {} : { summaryBefore: before.summary }),
      ...(before.dueAt?.getTime() === dueAt?.getTime() ? {} : { due: dueAt?.toISOString() ?? null }),
    };
    if (Object.keys(detail).length === 0) return { outcome: { kind: 'done' }, event: null };
    await tx.caseRecord.update({ where: { id: before.id }, data: { title, summary, dueAt } });
    return { outcome: { kind: 'done' }, event: { kind: 'edited', detail } };
  });
}

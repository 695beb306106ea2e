import 'server-only';
import * as z from 'zod';
import { CASE_NO } from '@/domain/cases/case-filter';
import { CASE_PARTS } from '@/domain/cases/case-parts';
import { CASE_STATUSES, isWorkable } from '@/domain/cases/case-state';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import type { Prisma } from '@/server/generated/prisma/client';
import { onCase } from '@/server/queries/cases/on-case';
import { type Actor, requirePermission } from '@/server/session';
import { refuseCase } from './refuse-case';

const Row = z.object({
  id: z.bigint(),
  no: z.string(),
  title: z.string(),
  summary: z.string(),
  dueAt: z.date().nullable(),
  status: z.enum(CASE_STATUSES),
  part: z.enum(CASE_PARTS),
});
export type LockedCase = z.infer<typeof Row>;
export type CaseOutcome<Reason extends string = never> =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: Reason | 'not-workable' };

/** A step that is taken on a locked case: what it came to, and the line it leaves in the timeline and the audit log; null leaves none. */
type Worked<T> = { readonly outcome: T; readonly event: { readonly kind: string; readonly detail?: Prisma.InputJsonObject } | null };

/**
 * Takes one step on a case with its row locked: checks that the actor is on it, and writes timeline and audit log with it. Throws NotFound
 * (also for a case that the actor is not on, which is audited) and Forbidden.
 */
export async function workOnCase<T>(
  actor: Actor,
  no: string,
  work: (tx: Prisma.TransactionClient, found: LockedCase) => Promise<Worked<T>>,
): Promise<T> {
  requirePermission(actor, 'cases:work');
  if (!CASE_NO.test(no)) throw new NotFound(`no case ${no}`);
  const worked = await database().$transaction(async (tx) => {
    const [found] = z.array(Row).parse(
      await tx.$queryRaw`
        select c.id, c.no, c.title, c.summary, c.due_at as "dueAt", c.status,
          (select m.part from case_member m where m.case_id = c.id and m.user_id = ${actor.id}::uuid) as part
        from case_record c
        where c.no = ${no} and ${onCase(actor)}
        for update of c`,
    );
    if (!found) return null;
    const { outcome, event } = await work(tx, found);
    if (event) {
      const { kind, detail = {} } = event;
      await tx.caseEvent.create({ data: { caseId: found.id, actorId: actor.id, kind, detail } });
      await tx.$executeRaw`update case_record set updated_at = clock_timestamp() where id = ${found.id}`;
      await recordAudit(tx, actor, { action: `case.${kind}`, subject: { type: 'case', id: no }, detail });
    }
    return { outcome };
  });
  if (worked) return worked.outcome;
  await refuseCase(actor, { no, wanted: 'work' });
  throw new NotFound(`no case ${no}`);
}

/** Like {@link workOnCase} for what changes the case's content: refused while it is under review or closed. */
export async function changeCase<Reason extends string = never>(
  actor: Actor,
  no: string,
  work: (tx: Prisma.TransactionClient, found: LockedCase) => Promise<Worked<CaseOutcome<Reason>>>,
): Promise<CaseOutcome<Reason>> {
  return await workOnCase<CaseOutcome<Reason>>(actor, no, async (tx, found) =>
    isWorkable(found.status) ? await work(tx, found) : { outcome: { kind: 'refused', reason: 'not-workable' }, event: null },
  );
}

/** A text of a person: trimmed, with line breaks and without anything else that cannot be seen. */
export const Text = (min: number, max: number) =>
  z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .regex(/^(?:[^\p{C}]|\n|\t)*$/u),
    );

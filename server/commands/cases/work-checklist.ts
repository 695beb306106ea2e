import 'server-only';
import * as z from 'zod';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase, Text } from './work-on-case';

export const TickCheck = z.object({ no: z.string(), id: z.string().regex(/^\d{1,18}$/), done: z.boolean(), at: z.date() });
export const AddCheck = z.object({ no: z.string(), text: Text(1, 200) });
export const CHECKS_MAX = 60;

/** Says that a step of the checklist is done, or that it is not. Throws NotFound, Forbidden. */
export async function tickCheck(actor: Actor, input: z.infer<typeof TickCheck>): Promise<CaseOutcome> {
  const { no, id, done, at } = TickCheck.parse(input);
  return await changeCase(actor, no, async (tx, { id: caseId }) => {
    const [changed] = await tx.caseCheck.updateManyAndReturn({
      where: { caseId, id: BigInt(id), doneAt: done ? null : { not: null } },
      data: done ? { doneAt: at, doneBy: actor.id } : { doneAt: null, doneBy: null },
      select: { step: true, text: true },
    });
    const detail = { check: id, ...(changed?.step ? { step: changed.step } : {}), ...(changed?.text ? { text: changed.text } : {}) };
    return { outcome: { kind: 'done' }, event: changed ? { kind: done ? 'check-done' : 'check-undone', detail } : null };
  });
}

/** Adds a step of one's own to the checklist. Throws NotFound, Forbidden. */
export async function addCheck(actor: Actor, input: z.input<typeof AddCheck>): Promise<CaseOutcome<'full'>> {
  const { no, text } = AddCheck.parse(input);
  return await changeCase<'full'>(actor, no, async (tx, { id: caseId }) => {
    if ((await tx.caseCheck.count({ where: { caseId } })) >= CHECKS_MAX)
      return { outcome: { kind: 'refused', reason: 'full' }, event: null };
    await tx.caseCheck.create({ data: { caseId, text } });
    return { outcome: { kind: 'done' }, event: { kind: 'check-added', detail: { text } } };
  });
}

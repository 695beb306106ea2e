import 'server-only';
import * as z from 'zod';
import { type HoldRefusal, type HoldState, holdStep } from '@/domain/cases/case-hold';
import type { Actor } from '@/server/session';
import { Text, workOnCase } from './work-on-case';

const Base = { no: z.string(), at: z.date() };
export const HoldCase = z.discriminatedUnion('kind', [
  z.object({ ...Base, kind: z.literal('place'), reason: Text(2, 500) }),
  z.object({ ...Base, kind: z.literal('ask-lift'), reason: Text(2, 500) }),
  z.object({ ...Base, kind: z.literal('lift') }),
  z.object({ ...Base, kind: z.literal('keep') }),
]);
export type HoldCase = z.input<typeof HoldCase>;
export type HoldOutcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: HoldRefusal };

const EVENTS = { place: 'hold-placed', 'ask-lift': 'hold-lift-asked', lift: 'hold-lifted', keep: 'hold-kept' } as const;

/** Places a legal hold, asks to lift it, lifts it as another person, or keeps it. Also of a closed case. Throws NotFound, Forbidden. */
export async function holdCase(actor: Actor, input: HoldCase): Promise<HoldOutcome> {
  const step = HoldCase.parse(input);
  return await workOnCase<HoldOutcome>(actor, step.no, async (tx, { id: caseId }) => {
    const hold = await tx.caseHold.findFirst({ where: { caseId, liftedAt: null } });
    const state: HoldState = !hold ? { kind: 'none' } : hold.liftAskedBy ? { kind: 'lift-asked', by: hold.liftAskedBy } : { kind: 'held' };
    const stepped = holdStep(state, { kind: step.kind, by: actor.id });
    if (stepped.kind === 'refused') return { outcome: stepped, event: null };
    if (step.kind === 'place') await tx.caseHold.create({ data: { caseId, reason: step.reason, placedBy: actor.id, placedAt: step.at } });
    else if (hold) await tx.caseHold.update({ where: { id: hold.id }, data: changeOf(step, actor) });
    const detail = 'reason' in step ? { reason: step.reason } : {};
    return { outcome: { kind: 'done' }, event: { kind: EVENTS[step.kind], detail } };
  });
}

function changeOf(step: z.output<typeof HoldCase>, actor: Actor) {
  if (step.kind === 'ask-lift') return { liftAskedBy: actor.id, liftAskedAt: step.at, liftReason: step.reason };
  if (step.kind === 'lift') return { liftedBy: actor.id, liftedAt: step.at };
  return { liftAskedBy: null, liftAskedAt: null, liftReason: null };
}

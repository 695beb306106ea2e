import 'server-only';
import * as z from 'zod';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase } from './work-on-case';

export const TakeOffCase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transaction'), no: z.string(), id: z.guid() }),
  z.object({ kind: z.literal('alert'), no: z.string(), id: z.string().regex(/^\d{1,18}$/) }),
  z.object({ kind: z.literal('trace'), no: z.string(), id: z.string().regex(/^\d{1,18}$/) }),
]);
export type TakeOffCase = z.infer<typeof TakeOffCase>;

/** Takes a payment, an alert or a trace off a case that is worked on. Under legal hold nothing goes. Throws NotFound, Forbidden. */
export async function takeOffCase(actor: Actor, input: TakeOffCase): Promise<CaseOutcome<'held' | 'gone'>> {
  const wanted = TakeOffCase.parse(input);
  return await changeCase<'held' | 'gone'>(actor, wanted.no, async (tx, { id: caseId }) => {
    const refuse = (reason: 'held' | 'gone') => ({ outcome: { kind: 'refused' as const, reason }, event: null });
    if ((await tx.caseHold.count({ where: { caseId, liftedAt: null } })) > 0) return refuse('held');
    const { count } =
      wanted.kind === 'transaction'
        ? await tx.caseTransaction.deleteMany({ where: { caseId, transactionKey: wanted.id.toLowerCase() } })
        : wanted.kind === 'alert'
          ? await tx.caseAlert.deleteMany({ where: { caseId, alertId: BigInt(wanted.id) } })
          : await tx.caseTrace.deleteMany({ where: { caseId, id: BigInt(wanted.id) } });
    if (count === 0) return refuse('gone');
    return { outcome: { kind: 'done' }, event: { kind: `${wanted.kind}-removed`, detail: { id: wanted.id } } };
  });
}

import 'server-only';
import * as z from 'zod';
import { type ClosingRefusal, closingStep } from '@/domain/settlement/closing';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { closingBooks, SessionNo } from './closing-books';

export const ProposeClosing = z.object({
  no: SessionNo,
  note: z
    .string()
    .trim()
    .max(500)
    .regex(/^[^\p{C}]*$/u)
    .optional(),
  at: z.date(),
});
export type ProposeClosing = z.infer<typeof ProposeClosing>;
export type ClosingOutcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: ClosingRefusal };

/** Proposes to close a session whose books balance. Somebody else has to confirm. Throws NotFound, Forbidden. */
export async function proposeClosing(actor: Actor, input: ProposeClosing): Promise<ClosingOutcome> {
  requirePermission(actor, 'settlement:propose');
  const { no, note, at } = ProposeClosing.parse(input);
  return await database().$transaction(async (tx) => {
    const { state, digest, facts } = await closingBooks(tx, { no, at });
    const stepped = closingStep(state, { kind: 'propose', by: actor.id, digest }, facts);
    if (stepped.kind === 'refused') return stepped;
    await tx.settlementClosing.create({
      data: { sessionNo: no, proposedBy: actor.id, proposedAt: at, note: note || null, positionsDigest: digest },
    });
    await recordAudit(tx, actor, {
      action: 'settlement.closing-proposed',
      subject: { type: 'settlement-session', id: no },
      detail: { digest },
    });
    return { kind: 'done' };
  });
}

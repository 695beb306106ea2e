import 'server-only';
import * as z from 'zod';
import { closingStep } from '@/domain/settlement/closing';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { closingBooks, SessionNo } from './closing-books';
import type { ClosingOutcome } from './propose-closing';

export const DecideClosing = z.object({
  no: SessionNo,
  decision: z.enum(['confirm', 'reject']),
  reason: z
    .string()
    .trim()
    .max(500)
    .regex(/^[^\p{C}]*$/u)
    .optional(),
  at: z.date(),
});
export type DecideClosing = z.infer<typeof DecideClosing>;

/**
 * Another person confirms a proposal, which closes the session for good, or rejects it. The books are locked and looked at again: where they
 * changed since the proposal, it is void and has to be made anew. Throws NotFound, Forbidden.
 */
export async function decideClosing(actor: Actor, input: DecideClosing): Promise<ClosingOutcome> {
  requirePermission(actor, 'settlement:confirm');
  const { no, decision, reason, at } = DecideClosing.parse(input);
  return await database().$transaction(async (tx) => {
    const { state, closingId, digest, facts } = await closingBooks(tx, { no, at });
    const stepped = closingStep(state, { kind: decision, by: actor.id, digest }, facts);
    const subject = { type: 'settlement-session', id: no };
    if (stepped.kind === 'refused' && stepped.reason === 'changed-since' && closingId !== null) {
      await tx.settlementClosing.update({ where: { id: closingId }, data: { outcome: 'outdated', decidedBy: actor.id, decidedAt: at } });
      await recordAudit(tx, actor, { action: 'settlement.closing-outdated', subject, detail: { digest } });
    }
    if (stepped.kind === 'refused' || closingId === null)
      return stepped.kind === 'refused' ? stepped : { kind: 'refused', reason: 'nothing-proposed' };
    const outcome = decision === 'confirm' ? 'confirmed' : 'rejected';
    await tx.settlementClosing.update({
      where: { id: closingId },
      data: { outcome, decidedBy: actor.id, decidedAt: at, reason: reason || null },
    });
    if (decision === 'confirm')
      await tx.settlementSession.update({ where: { no }, data: { closedAt: at, closingId, closingOutcome: 'confirmed' } });
    await recordAudit(tx, actor, {
      action: decision === 'confirm' ? 'settlement.closed' : 'settlement.closing-rejected',
      subject,
      detail: { digest, closing: String(closingId), ...(reason ? { reason } : {}) },
    });
    return { kind: 'done' };
  });
}

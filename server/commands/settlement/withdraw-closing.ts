import 'server-only';
import * as z from 'zod';
import { closingStep } from '@/domain/settlement/closing';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { closingBooks, SessionNo } from './closing-books';
import type { ClosingOutcome } from './propose-closing';

export const WithdrawClosing = z.object({ no: SessionNo, at: z.date() });

/** Takes one's own proposal back. Throws NotFound, Forbidden. */
export async function withdrawClosing(actor: Actor, input: z.infer<typeof WithdrawClosing>): Promise<ClosingOutcome> {
  requirePermission(actor, 'settlement:propose');
  const { no, at } = WithdrawClosing.parse(input);
  return await database().$transaction(async (tx) => {
    const { state, closingId, facts } = await closingBooks(tx, { no, at });
    const stepped = closingStep(state, { kind: 'withdraw', by: actor.id }, facts);
    if (stepped.kind === 'refused') return stepped;
    if (closingId === null) return { kind: 'refused', reason: 'nothing-proposed' };
    await tx.settlementClosing.update({ where: { id: closingId }, data: { outcome: 'withdrawn', decidedBy: actor.id, decidedAt: at } });
    await recordAudit(tx, actor, { action: 'settlement.closing-withdrawn', subject: { type: 'settlement-session', id: no } });
    return { kind: 'done' };
  });
}

import 'server-only';
import * as z from 'zod';
import { residuals } from '@/domain/tracing/residual';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import { traceMoney } from '@/server/queries/tracing/trace-money';
import { type Actor, requirePermission } from '@/server/session';

export const RequestFreeze = z.object({
  account: z.guid(),
  reason: z
    .string()
    .trim()
    .min(4)
    .max(400)
    .regex(/^[^\p{C}]*$/u),
  /** How long the institution has for an answer. */
  answerWithinHours: z.int().min(1).max(720),
});
export type RequestFreeze = z.input<typeof RequestFreeze>;

/**
 * Asks an account's institution to freeze what is left there of traced money. What is left is computed anew from the question, never taken
 * from who asks. Throws Forbidden, and NotFound where the trace leaves nothing in the account.
 */
export async function requestFreeze(actor: Actor, question: TraceQuestion, input: RequestFreeze, now: Date): Promise<{ id: string }> {
  requirePermission(actor, 'accounts:reveal');
  const { account, reason, answerWithinHours } = RequestFreeze.parse(input);
  const answer = await traceMoney(actor, question);
  const residual = residuals(answer).find((one) => one.account === account);
  if (!residual || residual.institution === null) throw new NotFound('the trace leaves nothing in this account');
  const { institution: code, currency, low, high } = residual;
  const [start] = question.from;
  const tracedFrom = start?.kind === 'transaction' ? `tx:${start.transaction}` : `account:${start?.account}`;
  return await database().$transaction(async (tx) => {
    const institution = await tx.institution.findUnique({ where: { code }, select: { id: true } });
    if (!institution) throw new NotFound(`no institution ${code}`);
    const { id } = await tx.freezeRequest.create({
      data: {
        institutionId: institution.id,
        account,
        currency,
        tracedFrom,
        residualLowMinor: low,
        residualHighMinor: high,
        asOf: new Date(answer.asOfMs ?? now.getTime()),
        reason,
        askedBy: actor.id,
        askedAt: now,
        dueAt: new Date(now.getTime() + answerWithinHours * 3_600_000),
      },
      select: { id: true },
    });
    await recordAudit(tx, actor, {
      action: 'freeze.asked',
      subject: { type: 'freeze-request', id },
      detail: { institution: code, account, currency, low: low.toString(), high: high.toString(), tracedFrom, reason, answerWithinHours },
    });
    return { id };
  });
}

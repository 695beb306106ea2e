import 'server-only';
import * as z from 'zod';
import { FREEZE_STATUSES, takesAnswer } from '@/domain/tracing/freeze-request';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Conflict, NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';

const Note = z.string().trim().max(400).default('');
export const AnswerFreeze = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged'), id: z.guid(), note: Note }),
  z.object({ kind: z.literal('frozen'), id: z.guid(), note: Note, frozenMinor: z.bigint().positive() }),
  z.object({ kind: z.literal('refused'), id: z.guid(), note: Note }),
]);
export type AnswerFreeze = z.input<typeof AnswerFreeze>;

/**
 * Writes down what an institution answered to a request to freeze. A late answer is taken and keeps its time. Throws Forbidden, NotFound, and
 * Conflict where the request has been answered before.
 */
export async function answerFreeze(actor: Actor, input: AnswerFreeze, now: Date): Promise<void> {
  requirePermission(actor, 'accounts:reveal');
  const answer = AnswerFreeze.parse(input);
  await database().$transaction(async (tx) => {
    const before = await tx.freezeRequest.findUnique({ where: { id: answer.id }, select: { status: true, dueAt: true } });
    if (!before) throw new NotFound('there is no such request');
    const status = z.enum(FREEZE_STATUSES).parse(before.status);
    if (!takesAnswer(status, answer.kind)) throw new Conflict(`the request is ${status} already`);
    const when = answer.kind === 'acknowledged' ? { acknowledgedAt: now } : { answeredAt: now };
    const { count } = await tx.freezeRequest.updateMany({
      // Two answers at once: the second finds another status than it read.
      where: { id: answer.id, status },
      data: {
        status: answer.kind,
        answerNote: answer.note,
        ...when,
        ...(answer.kind === 'frozen' ? { frozenMinor: answer.frozenMinor } : {}),
      },
    });
    if (count === 0) throw new Conflict('the request was answered meanwhile');
    await recordAudit(tx, actor, {
      action: `freeze.${answer.kind}`,
      subject: { type: 'freeze-request', id: answer.id },
      detail: {
        before: status,
        late: now >= before.dueAt,
        ...(answer.kind === 'frozen' ? { frozen: answer.frozenMinor.toString() } : {}),
        note: answer.note,
      },
    });
  });
}

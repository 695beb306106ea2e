import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import { visibleTo } from '@/server/queries/exports/export-jobs';
import { type Actor, requirePermission } from '@/server/session';
import { ExportNote } from './request-export';

export const DecideExport = z.object({
  id: z.uuid(),
  approve: z.boolean(),
  /** SHA-256 of the question that the person saw. */
  questionSha256: z.string().regex(/^[0-9a-f]{64}$/),
  note: ExportNote,
});
export type DecideExport = z.infer<typeof DecideExport>;
export const EXPORT_REFUSALS = ['same-person', 'already-decided', 'question-differs', 'may-not-reveal'] as const;
export type DecidedExport =
  | { readonly kind: 'queued' | 'declined' }
  | { readonly kind: 'refused'; readonly reason: (typeof EXPORT_REFUSALS)[number] };

/** The second person's decision, bound to what that person saw; the database refuses the same person besides. */
export async function decideExport(actor: Actor, input: DecideExport): Promise<DecidedExport> {
  requirePermission(actor, 'exports:approve');
  const { id, approve, questionSha256, note } = DecideExport.parse(input);
  const asked = await database().exportJob.findFirst({ where: { id, ...visibleTo(actor) } });
  if (!asked) throw new NotFound('there is no such export');
  if (asked.requestedBy === actor.id) return { kind: 'refused', reason: 'same-person' };
  if (asked.masking === 'open' && approve) requirePermission(actor, 'accounts:reveal');
  if (asked.state !== 'asked') return { kind: 'refused', reason: 'already-decided' };
  const digest = Buffer.from(questionSha256, 'hex');
  if (!digest.equals(Buffer.from(asked.questionDigest))) return { kind: 'refused', reason: 'question-differs' };
  const state = approve ? 'queued' : 'declined';
  return await database().$transaction(async (tx) => {
    const { count } = await tx.exportJob.updateMany({
      where: { id, state: 'asked' },
      data: { state, decidedBy: actor.id, decidedAt: new Date(), decisionNote: note, decidedDigest: digest, updatedAt: new Date() },
    });
    if (count === 0) return { kind: 'refused', reason: 'already-decided' };
    await recordAudit(tx, actor, {
      action: approve ? 'export.approved' : 'export.declined',
      subject: { type: 'export', id },
      detail: { question: questionSha256, note },
    });
    return { kind: state };
  });
}

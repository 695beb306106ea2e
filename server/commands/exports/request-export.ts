import 'server-only';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { ExportQuestion } from '@/domain/evidence/export-question';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { sha256Hex } from '@/server/evidence/sha256';
import { exportSettings } from '@/server/queries/exports/export-settings';
import { isFollowed } from '@/server/queries/exports/export-snapshot';
import { promisedRows } from '@/server/queries/exports/promised-rows';
import { ownInstitutionCode } from '@/server/queries/institutions/own-institution-code';
import { type Actor, requirePermission } from '@/server/session';

/** Why somebody takes something out, or lets it out; kept for good. */
export const ExportNote = z
  .string()
  .trim()
  .min(4)
  .max(500)
  .regex(/^[^\p{C}]*$/u);

export const RequestExport = ExportQuestion.omit({ format: true, scope: true }).extend({ purpose: ExportNote });
export type RequestExport = z.infer<typeof RequestExport>;
export type RequestedExport =
  | { readonly kind: 'asked' | 'queued'; readonly id: string; readonly rows: bigint }
  | { readonly kind: 'refused'; readonly reason: 'empty' | 'too-long' | 'no-snapshot' };

/**
 * Asks for an export: the rows are counted and promised, and above the threshold, or with full account numbers, another person must
 * approve before anything is written. The institution of an institution's own people is part of the question.
 */
export async function requestExport(actor: Actor, input: RequestExport): Promise<RequestedExport> {
  requirePermission(actor, 'exports:request');
  const { purpose, ...asked } = RequestExport.parse(input);
  requirePermission(actor, asked.kind === 'flows' ? 'flows:view' : 'transactions:view');
  if (asked.masking === 'open') requirePermission(actor, 'accounts:reveal');
  if (!(await isFollowed(asked.snapshot))) return { kind: 'refused', reason: 'no-snapshot' };
  const question = await questionOf(actor, asked);
  const [counted, settings] = await Promise.all([promisedRows(actor, { question }), exportSettings()]);
  if (counted.kind === 'too-long') return { kind: 'refused', reason: 'too-long' };
  if (counted.rows === 0n) return { kind: 'refused', reason: 'empty' };
  const needsApproval = question.masking === 'open' || counted.rows > settings.approvalRows;
  const text = canonicalJson(question);
  const state = needsApproval ? 'asked' : 'queued';
  const id = randomUUID();
  await database().$transaction(async (tx) => {
    await tx.exportJob.create({
      data: {
        id,
        state,
        question: text,
        questionDigest: Buffer.from(sha256Hex(text), 'hex'),
        kind: question.kind,
        masking: question.masking,
        purpose,
        needsApproval,
        promisedRows: counted.rows,
        requestedBy: actor.id,
        requestedAt: new Date(),
        institutionId: actor.institutionId,
      },
    });
    await recordAudit(tx, actor, {
      action: 'export.asked',
      subject: { type: 'export', id },
      detail: {
        kind: question.kind,
        masking: question.masking,
        rows: String(counted.rows),
        question: sha256Hex(text),
        needsApproval,
        purpose,
      },
    });
  });
  return { kind: state, id, rows: counted.rows };
}

/** What is asked, with the asker's own scope in it. */
export async function questionOf(actor: Actor, asked: Omit<ExportQuestion, 'format' | 'scope'>): Promise<ExportQuestion> {
  const scope = actor.institutionId === null ? null : await ownInstitutionCode(actor);
  return ExportQuestion.parse({ ...asked, format: 'headwater-export-question/1', scope });
}

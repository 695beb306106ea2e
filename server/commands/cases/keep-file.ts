import 'server-only';
import { createHash } from 'node:crypto';
import { type CaseFileRefusal, checkCaseFile } from '@/domain/cases/case-file';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase } from './work-on-case';

const PART_BYTES = 256 * 1024;
export const CASE_FILES_MAX = 200;
export type KeptFile = CaseOutcome<CaseFileRefusal | 'twice' | 'full'>;

/**
 * Keeps an evidence file, checked by its own bytes, in parts beside its SHA-256. A file that is refused is put on record, too: somebody
 * tried to bring it in. Throws NotFound, Forbidden.
 */
export async function keepFile(
  actor: Actor,
  { no, name, bytes, description }: { no: string; name: string; bytes: Uint8Array; description: string },
): Promise<KeptFile> {
  const checked = checkCaseFile(name, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const kept = await changeCase<CaseFileRefusal | 'twice' | 'full'>(actor, no, async (tx, { id: caseId }) => {
    const refuse = (reason: CaseFileRefusal | 'twice' | 'full') => ({ outcome: { kind: 'refused' as const, reason }, event: null });
    if (checked.kind === 'refused') return refuse(checked.reason);
    if ((await tx.caseFile.count({ where: { caseId } })) >= CASE_FILES_MAX) return refuse('full');
    if ((await tx.caseFile.count({ where: { caseId, sha256 } })) > 0) return refuse('twice');
    const { id } = await tx.caseFile.create({
      data: {
        caseId,
        name: checked.name,
        kind: checked.type,
        bytes: bytes.length,
        sha256,
        description: description.replace(/\p{C}/gu, ' ').trim().slice(0, 500),
        addedBy: actor.id,
      },
      select: { id: true },
    });
    for (let part = 0; part * PART_BYTES < bytes.length; part++)
      await tx.caseFilePart.create({
        data: { fileId: id, part, bytes: new Uint8Array(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)) },
        select: { part: true },
      });
    return {
      outcome: { kind: 'done' },
      event: { kind: 'file-added', detail: { file: id, name: checked.name, bytes: bytes.length, sha256 } },
    };
  });
  if (kept.kind === 'refused' && checked.kind === 'refused')
    await recordAudit(database(), actor, {
      action: 'case.file-refused',
      subject: { type: 'case', id: no },
      detail: { name: name.replace(/\p{C}/gu, '').slice(0, 200), reason: checked.reason, bytes: bytes.length, sha256 },
    });
  return kept;
}

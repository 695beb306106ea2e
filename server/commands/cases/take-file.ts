import 'server-only';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CASE_NO } from '@/domain/cases/case-filter';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { onCase } from '@/server/queries/cases/on-case';
import { type Actor, requirePermission } from '@/server/session';
import { refuseCase } from './refuse-case';

const File = z.object({ caseId: z.bigint(), name: z.string(), bytes: z.int(), sha256: z.string() });
export type TakenFile = { readonly name: string; readonly sha256: string; readonly content: Uint8Array<ArrayBuffer> };

/**
 * Hands out an evidence file as it was brought in, or null where there is none that the actor may see. The bytes are held against their
 * hash first: a file that does not match is not handed out. Audited and in the timeline. Throws Forbidden.
 */
export async function takeFile(actor: Actor, { no, id }: { no: string; id: string }): Promise<TakenFile | null> {
  requirePermission(actor, 'cases:view');
  if (!CASE_NO.test(no) || !z.guid().safeParse(id).success) return null;
  const taken = await database().$transaction(async (tx) => {
    const [file] = z.array(File).parse(
      await tx.$queryRaw`
        select c.id as "caseId", f.name, f.bytes, f.sha256
        from case_file f
        join case_record c on c.id = f.case_id
        where f.id = ${id}::uuid and c.no = ${no} and ${onCase(actor)}`,
    );
    if (!file) return null;
    const parts = await tx.caseFilePart.findMany({ where: { fileId: id }, orderBy: { part: 'asc' }, select: { bytes: true } });
    const content = new Uint8Array(file.bytes);
    let at = 0;
    for (const { bytes } of parts) {
      content.set(bytes, at);
      at += bytes.length;
    }
    if (createHash('sha256').update(content).digest('hex') !== file.sha256) throw new Error(`file ${id} is not what was brought in`);
    const detail = { file: id, name: file.name, sha256: file.sha256 };
    await tx.caseEvent.create({ data: { caseId: file.caseId, actorId: actor.id, kind: 'file-taken', detail } });
    await recordAudit(tx, actor, { action: 'case.file-taken', subject: { type: 'case', id: no }, detail });
    return { name: file.name, sha256: file.sha256, content };
  });
  if (!taken) await refuseCase(actor, { no, wanted: 'file' });
  return taken;
}

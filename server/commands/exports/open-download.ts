import 'server-only';
import { type BundleLayout, bundleLayout } from '@/domain/evidence/bundle';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { sha256Hex } from '@/server/evidence/sha256';
import { type Actor, requirePermission } from '@/server/session';

export type OpenedDownload =
  | { readonly kind: 'open'; readonly name: string; readonly bytes: number; readonly parts: () => AsyncGenerator<Uint8Array> }
  | { readonly kind: 'refused'; readonly status: 403 | 404 | 409 | 410 };

/**
 * A bundle for the person who asked or the person who approved; that it was taken is on record before the first byte, and so is every
 * attempt that is refused. Only what is ready is ever given, and that is whole.
 */
export async function openDownload(actor: Actor, { id }: { id: string }): Promise<OpenedDownload> {
  requirePermission(actor, 'exports:view');
  const job = await database().exportJob.findUnique({ where: { id }, include: { files: { orderBy: { no: 'asc' } } } });
  const refused = async (status: 403 | 404 | 409 | 410, reason: string): Promise<OpenedDownload> => {
    await recordAudit(database(), actor, { action: 'export.download-refused', subject: { type: 'export', id }, detail: { reason } });
    return { kind: 'refused', status };
  };
  if (!job) return await refused(404, 'unknown');
  // Another institution's export is not even said to exist.
  if (actor.institutionId !== null && job.institutionId !== actor.institutionId) return await refused(404, 'foreign scope');
  if (job.requestedBy !== actor.id && job.decidedBy !== actor.id) return await refused(403, 'neither asked nor approved');
  if (job.state === 'expired' || (job.expiresAt !== null && job.expiresAt <= new Date())) return await refused(410, 'expired');
  if (job.state !== 'ready') return await refused(409, 'not ready');
  const entries = job.files.map(({ name, bytes, crc32 }) => ({ name, bytes: Number(bytes), crc32: Number(crc32) }));
  const layout = bundleLayout(entries);
  await recordAudit(database(), actor, {
    action: 'export.downloaded',
    subject: { type: 'export', id },
    detail: { manifestSha256: sha256Hex(job.manifest ?? ''), bytes: layout.bytes },
  });
  const name = `headwater-${job.kind}-${job.requestedAt.toISOString().slice(0, 10)}-${id.slice(0, 8)}.zip`;
  return { kind: 'open', name, bytes: layout.bytes, parts: () => bundleParts(id, layout, job.files) };
}

/** Pieces are read a few at a time, whatever the size of the bundle. */
const READ_PIECES = 2;

async function* bundleParts(jobId: string, layout: BundleLayout, files: readonly { readonly no: number }[]): AsyncGenerator<Uint8Array> {
  for (const [n, { no }] of files.entries()) {
    yield layout.heads[n] as Uint8Array;
    for (let from = 0; ; from += READ_PIECES) {
      const pieces = await database().exportPiece.findMany({
        where: { jobId, fileNo: no, pieceNo: { gte: from, lt: from + READ_PIECES } },
        orderBy: { pieceNo: 'asc' },
        select: { content: true },
      });
      for (const { content } of pieces) yield content;
      if (pieces.length < READ_PIECES) break;
    }
  }
  yield layout.tail;
}

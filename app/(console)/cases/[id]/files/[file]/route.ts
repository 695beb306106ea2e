import { takeFile } from '@/server/commands/cases/take-file';
import { requireActor } from '@/server/session';

/** One evidence file, byte for byte, to be saved and never shown: whatever it is, a browser is told that it is nothing it could open. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string; file: string }> }): Promise<Response> {
  const actor = await requireActor('cases:view');
  const { id: no, file } = await params;
  const taken = await takeFile(actor, { no, id: file });
  if (!taken) return new Response(null, { status: 404 });
  const plain = taken.name.replace(/[^A-Za-z0-9._-]/g, '_');
  return new Response(taken.content, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(taken.name).replace(/['()*]/g, escaped)}`,
      'content-length': String(taken.content.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      digest: `sha-256=${Buffer.from(taken.sha256, 'hex').toString('base64')}`,
      'cache-control': 'no-store',
    },
  });
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

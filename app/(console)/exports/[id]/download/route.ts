import { openDownload } from '@/server/commands/exports/open-download';
import { requireActor } from '@/server/session';

/** The bundle, as it was sealed; who took it is on record before the first byte, and so is who was refused. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await requireActor('exports:view');
  const { id } = await params;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return new Response(null, { status: 404 });
  const opened = await openDownload(actor, { id });
  if (opened.kind === 'refused') return new Response(null, { status: opened.status });
  const parts = opened.parts();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(opened.bytes),
      'content-disposition': `attachment; filename="${opened.name}"`,
      'cache-control': 'no-store',
    },
  });
}

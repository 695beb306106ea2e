import { recordCertificateTaken } from '@/server/commands/cut-over/record-certificate-taken';
import { certificateDetail } from '@/server/queries/cut-over/certificates';
import { requireActor } from '@/server/session';

/** The signed document, byte for byte; that it was taken is audited. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await requireActor('cutover:view');
  const { id } = await params;
  if (!/^[0-9a-f-]{36}$/.test(id)) return new Response(null, { status: 404 });
  const detail = await certificateDetail(actor, id);
  if (!detail?.document) return new Response(null, { status: 404 });
  await recordCertificateTaken(actor, { id });
  const { institution, bank, businessType } = detail.evidence.subject;
  return new Response(detail.document, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="cut-over-${institution}-${bank}-${businessType}-${detail.to}.json"`,
      'cache-control': 'no-store',
    },
  });
}

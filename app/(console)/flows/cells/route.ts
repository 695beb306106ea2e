import { parseFlowView } from '@/domain/flows/flow-view';
import { matrixOf } from '@/domain/flows/matrix';
import { matrixDetailWire } from '@/domain/flows/matrix-wire';
import { pageContext } from '@/server/page-context';
import { requireActor } from '@/server/session';
import { flowPicture, LINE_LIMIT } from '../_components/flow-picture';
import { lineCode } from '../_components/flow-wire';

/** Counts and the earlier span of every cell of the matrix with this address: what follows after the amounts. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('flows:view');
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const context = await pageContext(actor, Promise.resolve(params));
  const picture = await flowPicture(actor, context, parseFlowView(params));
  const detail = matrixDetailWire(matrixOf(picture.flows, LINE_LIMIT), lineCode(picture));
  return Response.json(detail, { headers: { 'cache-control': 'no-store' } });
}

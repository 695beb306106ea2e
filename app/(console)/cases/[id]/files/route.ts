import { CASE_FILE_BYTES_MAX } from '@/domain/cases/case-file';
import { keepFile } from '@/server/commands/cases/keep-file';
import { isCommandFault } from '@/server/errors';
import { requireActor } from '@/server/session';
import { answerTo } from '../../answer-to';

/** What a form adds to its file: names, bounds, a description. */
const FORM_BYTES_MAX = 64 * 1024;

/** Takes one evidence file. The answer leads back to the case, as every form's does. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await requireActor('cases:work');
  const { id: no } = await params;
  const back = (said: { done?: string; refused?: string }) =>
    new Response(null, { status: 303, headers: { location: answerTo(`/cases/${no}`, said, 'files') } });
  // Said before it is read: what is too big is never taken into memory.
  const length = Number(request.headers.get('content-length'));
  if (!(length > 0 && length <= CASE_FILE_BYTES_MAX + FORM_BYTES_MAX)) return back({ refused: 'too-big' });
  const form = await request.formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File)) return back({ refused: 'invalid' });
  const description = form?.get('description');
  try {
    const kept = await keepFile(actor, {
      no,
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      description: typeof description === 'string' ? description : '',
    });
    return back(kept.kind === 'done' ? { done: 'file' } : { refused: kept.reason });
  } catch (fault) {
    if (isCommandFault(fault) && fault.status === 404) return new Response(null, { status: 404 });
    throw fault;
  }
}

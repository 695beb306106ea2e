import { type LiveEvent, liveStream } from '@/server/live-stream';
import { liveSession } from '@/server/queries/session/live-session';
import { requireActor } from '@/server/session';
import { SESSION_STREAMS_MAX, sessionStreams } from '@/server/session-streams';
import { visiblePulse } from '@/server/visible-pulse';

export const dynamic = 'force-dynamic';

const KEEP_ALIVE_MS = 15_000;
// A reader that takes nothing for this many events is gone in all but name.
const BACKLOG = 200;

/** The monitor's pulse as server-sent events. Resumes after Last-Event-ID; ends with the session that opened it. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('console:enter');
  const giveBack = sessionStreams().take(actor.sessionId);
  if (!giveBack)
    return new Response(`A session may hold ${SESSION_STREAMS_MAX} live streams at once.`, {
      status: 429,
      headers: { 'retry-after': '15' },
    });
  const lastId = Number(request.headers.get('last-event-id') ?? Number.NaN);
  const encoder = new TextEncoder();
  let left = false;
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const close = () => {
          stop();
          try {
            controller.close();
          } catch {
            // Closed by the other side already.
          }
        };
        const send = (text: string) => {
          // The reader may have left while the session was looked up.
          if (left) return;
          if ((controller.desiredSize ?? 0) < -BACKLOG) return close();
          controller.enqueue(encoder.encode(text));
        };
        const beat = setInterval(async () => {
          const session = await liveSession(actor.sessionId, new Date()).catch(() => null);
          if (session?.kind === 'ended') return close();
          send(': still here\n\n');
        }, KEEP_ALIVE_MS);
        send('retry: 2000\n\n');
        const unfollow = liveStream().follow(Number.isFinite(lastId) ? lastId : undefined, (event) =>
          send(wire(visiblePulse(actor, event))),
        );
        stop = () => {
          left = true;
          giveBack();
          clearInterval(beat);
          unfollow();
        };
        if (request.signal.aborted) close();
        else request.signal.addEventListener('abort', close, { once: true });
      },
      cancel: () => stop(),
    },
    { highWaterMark: 16 },
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' },
  });
}

function wire({ id, body }: LiveEvent): string {
  return `id: ${id}\nevent: pulse\ndata: ${body}\n\n`;
}

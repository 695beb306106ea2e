import 'server-only';

/** Live streams that one session may hold open at once: each is a socket, a timer and a look at the database every fifteen seconds. */
export const SESSION_STREAMS_MAX = 10;

/** Counts open streams by session, so that nobody holds more of the process than their tabs need. */
export class SessionStreams {
  readonly #open = new Map<string, number>();

  /** Takes a place; the answer gives it back, once however often it is called. Null while the session has none left. */
  take(sessionId: string): (() => void) | null {
    const open = this.#open.get(sessionId) ?? 0;
    if (open >= SESSION_STREAMS_MAX) return null;
    this.#open.set(sessionId, open + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.#open.get(sessionId) ?? 1) - 1;
      if (left > 0) this.#open.set(sessionId, left);
      else this.#open.delete(sessionId);
    };
  }

  /** Sessions with a stream open. */
  get sessions(): number {
    return this.#open.size;
  }
}

// `next dev` reloads modules; the streams outlive them.
const held = globalThis as { headwaterSessionStreams?: SessionStreams };

export function sessionStreams(): SessionStreams {
  held.headwaterSessionStreams ??= new SessionStreams();
  return held.headwaterSessionStreams;
}

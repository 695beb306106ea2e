import 'server-only';
import { EventEmitter } from 'node:events';
import pg from 'pg';
import { environment } from './environment';

/** One word of the monitor as it came, named by its own time so that any process can resume after it. */
export type LiveEvent = { readonly id: number; readonly body: string };

const KEPT = 120;
const RETRY_MS = 1000;
// A monitor that fell silent must not look alive to whoever opens a page now.
const FRESH_MS = 5000;

/** One LISTEN connection a process, opened at the first reader, shared by all, reconnecting by itself. */
class LiveStream {
  readonly #readers = new EventEmitter().setMaxListeners(0);
  readonly #recent: (LiveEvent & { readonly heardAt: number })[] = [];
  #connecting: Promise<void> | undefined;
  #client: pg.Client | undefined;
  #closed = false;

  get readers(): number {
    return this.#readers.listenerCount('event');
  }

  /** Calls `read` with what came after `lastId`, then with whatever comes; returns the way to stop. */
  follow(lastId: number | undefined, read: (event: LiveEvent) => void): () => void {
    this.#connecting ??= this.#connect();
    this.#connecting.catch(() => {});
    const missed =
      lastId === undefined
        ? this.#recent.slice(-1).filter((event) => event.heardAt > Date.now() - FRESH_MS)
        : this.#recent.filter((event) => event.id > lastId);
    for (const event of missed) read(event);
    this.#readers.on('event', read);
    return () => this.#readers.off('event', read);
  }

  /** Ends the connection for good: the process is leaving. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: environment().DATABASE_URL,
      application_name: 'headwater-console-live',
      keepAlive: true,
    });
    this.#client = client;
    // pg tells one loss by several events.
    let lost = false;
    const again = () => {
      if (lost || this.#closed) return;
      lost = true;
      client.removeAllListeners('notification');
      client.end().catch(() => {});
      this.#connecting = new Promise<void>((resolve) => setTimeout(resolve, RETRY_MS).unref()).then(() => this.#connect());
      this.#connecting.catch(() => {});
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', (message) => this.#take(message.payload ?? ''));
    try {
      await client.connect();
      await client.query('listen headwater_pulse');
    } catch (error) {
      again();
      throw error;
    }
  }

  #take(body: string): void {
    const event = { id: timeOf(body), body: body.replaceAll(/[\r\n]+/g, ' '), heardAt: Date.now() };
    this.#recent.push(event);
    if (this.#recent.length > KEPT) this.#recent.shift();
    this.#readers.emit('event', event);
  }
}

function timeOf(body: string): number {
  try {
    const at: unknown = (JSON.parse(body) as { at?: unknown }).at;
    return (typeof at === 'string' && Date.parse(at)) || Date.now();
  } catch {
    return Date.now();
  }
}

// `next dev` reloads modules; the connection and its readers outlive them.
const held = globalThis as { headwaterLive?: LiveStream };

export function liveStream(): LiveStream {
  held.headwaterLive ??= new LiveStream();
  return held.headwaterLive;
}

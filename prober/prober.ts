import pg from 'pg';
import type { Logger } from 'pino';
import { type ConfiguredEndpoint, configuredEndpoints } from './endpoints';
import { type Credentials, probe } from './probe';
import { recordProbe } from './record-probe';

/** Endpoints are looked up so often: one that was switched off is left alone within so long. */
const LOOK_UP_MS = 1_500;
/** While answers and failures mix, the next look comes sooner, so that a cut is confirmed within seconds. */
const CONFIRM_MS = 400;
/** So many in a row say the same: then the endpoint's own interval is enough. */
const CONFIRMED = 3;
/** One prober is enough: another waits for its turn. */
const PROBER_LOCK = 7_271_002;

export type Prober = { readonly stop: () => Promise<void> };

/** Probes every configured endpoint at its own interval until stopped; a database that is away is waited for. */
export function startProber(options: { connectionString: string; credentials: Credentials | null; log: Logger }): Prober {
  const { log, credentials } = options;
  const ended = new AbortController();
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 4, application_name: 'headwater-prober' });
  pool.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  const running = new Map<number, { readonly of: string; readonly stop: AbortController; readonly done: Promise<void> }>();
  const whole = (async () => {
    while (!ended.signal.aborted) {
      try {
        await lead();
      } catch (error) {
        log.error({ err: error }, 'prober interrupted; trying again');
      }
      await pause(LOOK_UP_MS, ended.signal);
    }
  })();

  async function lead(): Promise<void> {
    const client = new pg.Client({
      connectionString: options.connectionString,
      application_name: 'headwater-prober-lead',
      keepAlive: true,
    });
    let lost = false;
    client.on('error', () => {
      lost = true;
    });
    await client.connect();
    try {
      while (!ended.signal.aborted && !lost) {
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [PROBER_LOCK]);
        if (rows[0]?.mine) break;
        await pause(LOOK_UP_MS, ended.signal);
      }
      while (!ended.signal.aborted && !lost) {
        await match(await configuredEndpoints(client));
        await pause(LOOK_UP_MS, ended.signal);
      }
    } finally {
      await match([]);
      await client.end().catch(() => {});
    }
  }

  /** Starts what is new, stops what is gone, and starts anew what changed. */
  async function match(endpoints: readonly ConfiguredEndpoint[]): Promise<void> {
    const wanted = new Map(endpoints.map((endpoint) => [endpoint.id, { endpoint, of: JSON.stringify(endpoint) }]));
    const leaving = [...running].filter(([id, { of }]) => wanted.get(id)?.of !== of);
    for (const [, { stop }] of leaving) stop.abort();
    await Promise.all(leaving.map(([, { done }]) => done));
    for (const [id] of leaving) running.delete(id);
    for (const [id, { endpoint, of }] of wanted) {
      if (running.has(id)) continue;
      const stop = new AbortController();
      running.set(id, { of, stop, done: watch(endpoint, stop.signal) });
    }
  }

  async function watch(endpoint: ConfiguredEndpoint, stop: AbortSignal): Promise<void> {
    let same = 0;
    let before: string | null = null;
    while (!stop.aborted) {
      const begun = Date.now();
      const found = await probe(endpoint, credentials);
      const outcome = found.measured.map(({ layer, ok }) => `${layer}${ok}`).join();
      same = outcome === before ? same + 1 : 1;
      before = outcome;
      try {
        await recordProbe(pool, endpoint, found);
      } catch (error) {
        log.warn({ err: error, endpoint: endpoint.id }, 'a probe could not be stored');
      }
      const wait = same < CONFIRMED ? Math.min(CONFIRM_MS, endpoint.intervalMs) : endpoint.intervalMs;
      await pause(Math.max(0, wait - (Date.now() - begun)), stop);
    }
  }

  return {
    stop: async () => {
      ended.abort();
      await whole;
      await pool.end();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

import pg from 'pg';
import type { Logger } from 'pino';
import { keepSequencing, type Sequencing } from './audit/keep-sequencing';
import type { Consumer } from './consumer';
import type { ExportTools } from './exports/export-once';
import { keepExporting } from './exports/keep-exporting';
import type { FaultPoint } from './follow';
import { followLive } from './follow-live';
import { keepBooks } from './keep-books';
import { type MonitorMetrics, monitorMetrics } from './metrics';
import { keepPulsing } from './pulse/keep-pulsing';
import { PulseMeter } from './pulse/pulse-meter';
import { keepProving } from './reconcile/keep-proving';
import { Reconciler } from './reconcile/reconciler';
import { Rush } from './rush';
import { keepSettling } from './settlement/keep-settling';
import { backOffMs, type Shift } from './shift';
import { Wake } from './wake';

const MONITOR_LOCK = 7_271_001;
const LEADER_ASKED_MS = 1_000;
/** A monitor that worked for so long starts its pauses from the shortest again. */
const WORKED_MS = 30_000;

export type Monitor = {
  readonly metrics: MonitorMetrics;
  /** Null when ready, else one sentence that says why not. */
  readonly notReady: () => string | null;
  /** Ends after the chunk at hand. */
  readonly stop: () => Promise<void>;
};

export type MonitorOptions = {
  readonly connectionString: string;
  readonly log: Logger;
  readonly consumers?: readonly Consumer[];
  /** Who signs the audit log; without it nobody does. */
  readonly sequencing?: Sequencing;
  /** What exports are made with; without it none are. */
  readonly exporting?: ExportTools;
  /** For tests that kill the monitor at named places. */
  readonly at?: (point: FaultPoint) => void | Promise<void>;
};

/**
 * Runs until stopped: takes the lock of the one active monitor (or waits for it), then follows, pulses, judges and reconciles.
 * Any fault closes the connection, with it the lock and whatever was not committed, and everything starts again after a growing pause.
 */
export function startMonitor(options: MonitorOptions): Monitor {
  const { log } = options;
  const metrics = monitorMetrics();
  const wake = new Wake();
  const reconciler = { current: new Reconciler() };
  let stopping = false;
  let leading = false;
  let fault: string | null = 'the database has not answered yet';

  const running = (async () => {
    for (let failures = 0; !stopping; ) {
      const begun = Date.now();
      try {
        await turn();
      } catch (error) {
        fault = 'the connection to the database was lost';
        metrics.faults.inc();
        log.error({ err: error }, 'monitor interrupted; trying again');
      }
      leading = false;
      metrics.leading.set(0);
      failures = Date.now() - begun > WORKED_MS ? 0 : failures + 1;
      if (!stopping) await wake.sleep(backOffMs(failures));
    }
  })();

  async function turn(): Promise<void> {
    const clients: pg.Client[] = [];
    const connected = async (name: string) => {
      const client = await connect(name);
      clients.push(client);
      return client;
    };
    try {
      const main = await connected('headwater-monitor');
      const pulsing = await connected('headwater-monitor-pulse');
      const proving = await connected('headwater-monitor-proof');
      const settling = await connected('headwater-monitor-settlement');
      const booking = await connected('headwater-monitor-books');
      const sequencing = options.sequencing && { ...options.sequencing, client: await connected('headwater-monitor-audit') };
      const exporting = options.exporting && { tools: options.exporting, client: await connected('headwater-monitor-exports') };
      if (!(await becomeLeader(main))) return;
      leading = true;
      fault = null;
      // After a crash nothing is taken on trust: ready again only when the figures were proven.
      reconciler.current = new Reconciler();
      metrics.leading.set(1);
      log.info('monitor leads');
      const meter = new PulseMeter();
      const rush = new Rush();
      const ended = new AbortController();
      const shift: Shift = { log, metrics, wake, ended: ended.signal, over: () => stopping || ended.signal.aborted };
      const work = [
        followLive(shift, main, { meter, rush, consumers: options.consumers, at: options.at }),
        keepPulsing(shift, pulsing, meter),
        keepProving(shift, proving, reconciler.current),
        keepSettling(shift, settling),
        ...(options.consumers ? [] : [keepBooks(shift, booking, rush)]),
        ...(sequencing ? [keepSequencing(shift, sequencing.client, sequencing)] : []),
        ...(exporting ? [keepExporting(shift, exporting.client, exporting.tools)] : []),
      ];
      try {
        await Promise.race(work);
      } catch (error) {
        // A hanging query of the others ends with its connection.
        for (const client of clients) client.end().catch(() => {});
        throw error;
      } finally {
        ended.abort();
        wake.now();
        // A proof may take long and writes nothing that would be missed; a chunk is short, and is finished.
        proving.end().catch(() => {});
        settling.end().catch(() => {});
        await Promise.allSettled(work);
      }
    } finally {
      await Promise.allSettled(clients.map((client) => client.end()));
    }
  }

  async function connect(name: string): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: options.connectionString,
      application_name: name,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
    await client.connect();
    return client;
  }

  async function becomeLeader(client: pg.Client): Promise<boolean> {
    for (let waits = 0; !stopping; waits++) {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [MONITOR_LOCK]);
      if (rows[0]?.mine) return true;
      if (waits === 0) log.info('another monitor leads; waiting');
      fault = null;
      await wake.sleep(LEADER_ASKED_MS);
    }
    return false;
  }

  return {
    metrics,
    notReady: () => {
      if (stopping) return 'the monitor is stopping';
      if (fault) return fault;
      // A waiting monitor is a healthy one: it has nothing to prove.
      if (!leading) return null;
      const { state } = reconciler.current;
      if (state.kind === 'not yet') return 'the roll-ups have not been reconciled since the start';
      if (state.kind === 'drifted') return 'roll-ups differ from the sum of their rows';
      return null;
    },
    stop: async () => {
      stopping = true;
      wake.close();
      await running;
    },
  };
}

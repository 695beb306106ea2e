import pg from 'pg';
import type { Logger } from 'pino';
import { connectivityConsumer } from './connectivity/connectivity-consumer';
import { readMemory } from './connectivity/connectivity-memory';
import { judgeInstitutions } from './connectivity/judge-institutions';
import { plannedWindows } from './connectivity/planned-windows';
import { pruneHeartbeats } from './connectivity/prune-heartbeats';
import { newestPayment, type TrafficBaseline, trafficBaseline } from './connectivity/traffic-baseline';
import type { Consumer } from './consumer';
import { matchingConsumer } from './cut-over/matching-consumer';
import { BOOKS_WATERMARK, type FaultPoint, followOnce } from './follow';
import { type MonitorMetrics, monitorMetrics } from './metrics';
import { PulseMeter } from './pulse/pulse-meter';
import { sendPulse } from './pulse/send-pulse';
import { Reconciler } from './reconcile/reconciler';
import { pruneInstitutionMinutes, rollupConsumer } from './rollups/rollup-consumer';
import { settleOnce } from './settlement/settle';
import { settlementConsumer } from './settlement/settlement-consumer';
import { Wake } from './wake';

/** The gateway may notify on it after a commit; without that the monitor looks by itself every 250 ms. */
export const BATCH_CHANNEL = 'headwater_batch';

const MONITOR_LOCK = 7_271_001;
const POLL_MS = 250;
/** Under load a chunk gathers this much: fewer, larger transactions cost less, and nobody sees the difference. */
const CHUNK_EVERY_MS = 200;
/** An import or a back-fill brings so many rows at once. Nobody follows it by the second, and the more of it is added up before it is written, the less is written. */
const BULK_ROWS = 20_000;
const BULK_EVERY_MS = 1_500;
/** Books may be a little behind the live figures: fewer, larger chunks cost less. */
const BOOKS_EVERY_MS = 1_000;
const PULSE_MS = 1_000;
/** So long the monitor waits for rows that a batch acknowledges; the reconciliation reports what comes later still. */
const MISSING_WAITED_MS = 15_000;
const LAG_WARNED_MS = 60_000;
const JUDGE_MS = 5_000;
const BASELINE_MS = 30_000;
const RECONCILE_MS = 50_000;
const PRUNE_MS = 60_000;
const SETTLE_MS = 2_000;
/** A round that took long is followed by so many times its length of rest, so that the figures never wait for it. */
const SETTLE_REST = 5;
/** A session closed while a chunk was being written: the chunk is read again. */
const SERIALISATION_FAILURE = '40001';
const BACK_OFF_MS = [250, 500, 1_000, 2_000, 5_000, 10_000];

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
      // A monitor that worked for a while starts its pauses from the shortest again.
      failures = Date.now() - begun > 30_000 ? 0 : failures + 1;
      if (!stopping) await wake.sleep(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] as number);
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
      if (!(await becomeLeader(main))) return;
      leading = true;
      fault = null;
      // After a crash nothing is taken on trust: ready again only when the figures were proven.
      reconciler.current = new Reconciler();
      metrics.leading.set(1);
      log.info('monitor leads');
      const meter = new PulseMeter();
      const ended = new AbortController();
      const work = [
        follow(main, meter, ended.signal),
        pulse(pulsing, meter, ended.signal),
        prove(proving, ended.signal),
        settle(settling, ended.signal),
        ...(options.consumers ? [] : [keepBooks(booking, ended.signal)]),
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
      await wake.sleep(PULSE_MS);
    }
    return false;
  }

  async function follow(client: pg.Client, meter: PulseMeter, ended: AbortSignal): Promise<void> {
    client.on('notification', () => wake.now());
    await client.query(`listen ${BATCH_CHANNEL}`);
    const memory = await readMemory(client);
    const consumers = options.consumers ?? [rollupConsumer, connectivityConsumer(memory)];
    let baseline: TrafficBaseline = { dataMs: null, perHour: new Map() };
    let baselineMs = 0;
    let judgedMs = 0;
    let missingSinceMs: number | null = null;
    let prunedMs = 0;
    while (!stopping && !ended.aborted) {
      const begun = Date.now();
      const chunk = await followOnce(client, {
        consumers: [...consumers, meter.consumer],
        nowMs: begun,
        acceptMissing: missingSinceMs !== null && begun - missingSinceMs > MISSING_WAITED_MS,
        ...(options.at ? { at: options.at } : {}),
      });
      const done = Date.now();
      if (chunk.missing > 0 && chunk.batches > 0)
        log.error({ missing: chunk.missing }, 'acknowledged rows are not there; the figures go on without them');
      missingSinceMs = chunk.missing === 0 || chunk.batches > 0 ? null : (missingSinceMs ?? begun);
      if (chunk.batches > 0) {
        meter.followed(chunk, done);
        metrics.chunks.inc();
        metrics.rows.inc(chunk.rows);
        metrics.chunkSeconds.observe((done - begun) / 1000);
      }
      // A line that changed is judged at once; what only time changes (silence, a line that says no more) every few seconds.
      if (memory.stirred || done - judgedMs > JUDGE_MS) {
        judgedMs = done;
        if (done - baselineMs > BASELINE_MS) {
          baselineMs = done;
          baseline = await trafficBaseline(client, done);
        }
        const dataMs = await newestPayment(client);
        const windows = await plannedWindows(client, done);
        const changes = await judgeInstitutions(client, { memory, baseline: { ...baseline, dataMs }, windows, nowMs: done });
        if (changes.length > 0) meter.connectivityAtMs = done;
        for (const change of changes) log.info(change, 'institution changed state');
      }
      if (done - prunedMs > PRUNE_MS) {
        prunedMs = done;
        await pruneInstitutionMinutes(client, done);
        await pruneHeartbeats(client, done);
      }
      if (chunk.more) continue;
      const everyMs = chunk.rows >= BULK_ROWS ? BULK_EVERY_MS : CHUNK_EVERY_MS;
      if (chunk.batches > 0) await wake.sleep(everyMs - (Date.now() - begun), { deaf: true });
      else await wake.sleep(POLL_MS);
    }
  }

  /** Settlement's positions and the cut-over's verdicts, behind the live figures and without holding them up. */
  async function keepBooks(client: pg.Client, ended: AbortSignal): Promise<void> {
    let missingSinceMs: number | null = null;
    await besides('books', { client, ended }, async () => {
      const begun = Date.now();
      const chunk = await followed(client, {
        watermark: BOOKS_WATERMARK,
        consumers: [matchingConsumer, settlementConsumer],
        nowMs: begun,
        acceptMissing: missingSinceMs !== null && begun - missingSinceMs > MISSING_WAITED_MS,
      });
      missingSinceMs = chunk.missing === 0 || chunk.batches > 0 ? null : (missingSinceMs ?? begun);
      return chunk.more ? 0 : BOOKS_EVERY_MS;
    });
  }

  async function followed(client: pg.Client, chunk: Parameters<typeof followOnce>[1]): ReturnType<typeof followOnce> {
    for (let times = 1; ; times++) {
      try {
        return await followOnce(client, chunk);
      } catch (error) {
        if ((error as { code?: string }).code !== SERIALISATION_FAILURE || times === 5) throw error;
        log.info({ times }, 'a settlement session closed meanwhile; the chunk is read again');
      }
    }
  }

  async function settle(client: pg.Client, ended: AbortSignal): Promise<void> {
    const compared = new Map<string, string>();
    await besides('settlement checks', { client, ended }, async () => {
      const begun = Date.now();
      await settleOnce(client, begun, compared);
      const tookMs = Date.now() - begun;
      return Math.max(SETTLE_MS - tookMs, tookMs * SETTLE_REST);
    });
  }

  /**
   * Does again and again what the live figures do not depend on, resting as long as `once` says. What the database refuses is tried again
   * by itself; only a connection that is gone ends the turn.
   */
  async function besides(
    what: string,
    { client, ended }: { readonly client: pg.Client; readonly ended: AbortSignal },
    once: () => Promise<number>,
  ): Promise<void> {
    for (let failures = 0; !stopping && !ended.aborted; ) {
      let restMs: number;
      try {
        restMs = await once();
        failures = 0;
      } catch (error) {
        if (stopping || ended.aborted) return;
        if (!isRefusal(error)) throw error;
        await client.query('rollback');
        metrics.faults.inc();
        log.error({ err: error }, `${what} were interrupted; trying again`);
        restMs = BACK_OFF_MS[Math.min(failures++, BACK_OFF_MS.length - 1)] as number;
      }
      if (restMs > 0) await wake.sleep(restMs, { deaf: true, signal: ended });
    }
  }

  async function pulse(client: pg.Client, meter: PulseMeter, ended: AbortSignal): Promise<void> {
    let warnedMs = 0;
    while (!stopping && !ended.aborted) {
      const begun = Date.now();
      const { lagMs, rowsBehind } = await sendPulse(client, meter, begun);
      metrics.lagSeconds.set(lagMs / 1000);
      metrics.rowsBehind.set(rowsBehind);
      if (lagMs > LAG_WARNED_MS && begun - warnedMs > LAG_WARNED_MS) {
        warnedMs = begun;
        log.warn({ lagMs, rowsBehind }, 'figures lag behind; a writing transaction that stays open anywhere on the server holds them back');
      }
      await wake.sleep(PULSE_MS - (Date.now() - begun), { deaf: true, signal: ended });
    }
  }

  async function prove(client: pg.Client, ended: AbortSignal): Promise<void> {
    while (!stopping && !ended.aborted) {
      const begun = Date.now();
      const state = await reconciler.current.run(client, begun);
      if (state.kind === 'drifted') {
        metrics.mismatches.set(state.comparisons.reduce((sum, { mismatchCount }) => sum + mismatchCount, 0));
        for (const { tier, from, to, mismatchCount, mismatches } of state.comparisons)
          log.error({ tier, from, to, mismatchCount, first: mismatches[0] }, 'roll-ups differ from their rows');
      } else {
        metrics.mismatches.set(0);
        metrics.reconciledAt.set(begun / 1000);
      }
      await wake.sleep(RECONCILE_MS - (Date.now() - begun), { deaf: true, signal: ended });
    }
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

/** Whether the database answered, and stays there to be asked again: SQLSTATE of any class but a connection's and an operator's ending. */
function isRefusal(error: unknown): boolean {
  return /^(?!08|57)[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '');
}

import pg from 'pg';
import type { Logger } from 'pino';
import { sinceHistoryMs } from './feed/history-quiet';
import { readPosition } from './feed/position';
import { type FaultPoint, followChunk } from './follow-chunk';
import { rebuild, type Standing } from './memory/rebuild';
import { restore } from './memory/restore';
import { packed, storeSnapshot } from './memory/snapshot';
import { type DetectorMetrics, detectorMetrics } from './metrics';
import { pause } from './pause';
import { currentRules, rulesHash, shipRules } from './rules/rule-store';
import { keepStatistics } from './statistics/keep-statistics';
import { writeFault } from './write-findings';

/** One detector is enough: another waits for its turn. */
const DETECTOR_LOCK = 7_271_003;
const LEADER_ASKED_MS = 1_000;
const POLL_MS = 500;
const CHUNK_EVERY_MS = 500;
const RULES_EVERY_MS = 2_000;
/** History is over when none of it came for so long; where it never ends, the state is made anew meanwhile. */
const HISTORY_QUIET_MS = 15_000;
const HISTORY_WAITED_MS = 600_000;
const MISSING_WAITED_MS = 15_000;
/** A snapshot is due after so many payments or so long, but never takes more than a twentieth of the time. */
const SNAPSHOT_MOVEMENTS = 200_000;
const SNAPSHOT_MS = 600_000;
const SNAPSHOT_REST = 20;
const BACK_OFF_MS = [250, 500, 1_000, 2_000, 5_000, 10_000];
const WORKED_MS = 30_000;

export type Detector = { readonly metrics: DetectorMetrics; readonly stop: () => Promise<void> };
export type DetectorOptions = {
  readonly connectionString: string;
  readonly log: Logger;
  /** For tests that kill the detector at named places. */
  readonly at?: (point: FaultPoint) => void | Promise<void>;
};

/**
 * Runs until stopped: takes the lock of the one active detector (or waits for it), restores its state or makes it anew, and follows the feed.
 * Any fault lets go of everything and starts again from what is stored.
 */
export function startDetector(options: DetectorOptions): Detector {
  const { log } = options;
  const metrics = detectorMetrics();
  const ended = new AbortController();
  const running = (async () => {
    for (let failures = 0; !ended.signal.aborted; ) {
      const begun = Date.now();
      try {
        await turn();
      } catch (error) {
        if (ended.signal.aborted) break;
        metrics.faults.inc();
        log.error({ err: error }, 'detector interrupted; trying again');
      }
      metrics.leading.set(0);
      failures = Date.now() - begun > WORKED_MS ? 0 : failures + 1;
      await pause(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] as number, ended.signal);
    }
  })();

  async function turn(): Promise<void> {
    const clients: pg.Client[] = [];
    const connected = async (name: string) => {
      const client = await connect(options, name);
      clients.push(client);
      return client;
    };
    const over = new AbortController();
    try {
      const client = await connected('headwater-detector');
      if (!(await becomeLeader(client))) return;
      metrics.leading.set(1);
      const reader = await connected('headwater-detector-past');
      const statistics = await connected('headwater-detector-statistics');
      await shipRules(client);
      log.info('detector leads');
      const stop = AbortSignal.any([ended.signal, over.signal]);
      const work = [follow(client, reader, stop), keepStatistics(statistics, { log, signal: stop })];
      try {
        await Promise.race(work);
      } finally {
        over.abort();
        await Promise.allSettled(work);
      }
    } finally {
      await Promise.allSettled(clients.map((client) => client.end()));
    }
  }

  async function becomeLeader(client: pg.Client): Promise<boolean> {
    for (let waits = 0; !ended.signal.aborted; waits++) {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [DETECTOR_LOCK]);
      if (rows[0]?.mine) return true;
      if (waits === 0) log.info('another detector leads; waiting');
      await pause(LEADER_ASKED_MS, ended.signal);
    }
    return false;
  }

  async function follow(client: pg.Client, reader: pg.Client, signal: AbortSignal): Promise<void> {
    let { rules } = await currentRules(client);
    const restored = await restore(client);
    if (restored) log.info({ chunks: restored.chunks, seq: restored.place.seq }, 'state restored');
    let standing: Standing | undefined = restored;
    let rulesMs = 0;
    let missingSinceMs: number | null = null;
    let saved = { atMs: Date.now(), movements: 0, tookMs: 0 };
    while (!signal.aborted) {
      if (!standing) {
        const begun = Date.now();
        if (!(await historyIsOver(client, signal))) return;
        const made = await rebuild({ reader, writer: client, rules });
        log.info({ movements: made.movements, tookMs: Date.now() - begun }, 'the stored past was gone through');
        standing = made;
        saved = { atMs: Date.now(), movements: 0, tookMs: 0 };
      }
      const begun = Date.now();
      if (begun - rulesMs > RULES_EVERY_MS) {
        rulesMs = begun;
        const current = await currentRules(client);
        for (const fault of current.faults) await inTransaction(client, () => writeFault(client, fault, begun));
        if (rulesHash(current.rules) !== rulesHash(standing.engine.rules)) {
          rules = current.rules;
          standing.engine.govern(rules);
          // The chunks that follow are taken under these rules: a restart must begin with them.
          await save(client, standing);
          log.info({ active: rules.active.length, shadow: rules.shadow.length }, 'rules in force changed');
        }
      }
      const followed = await followChunk(client, standing, {
        acceptMissing: missingSinceMs !== null && begun - missingSinceMs > MISSING_WAITED_MS,
        at: options.at,
      });
      missingSinceMs = followed.kind === 'missing' ? (missingSinceMs ?? begun) : null;
      if (followed.kind === 'history') {
        log.info({ late: followed.late }, 'history is being brought in; the state will be made anew when it is over');
        standing = undefined;
        continue;
      }
      if (followed.kind !== 'taken') {
        await pause(POLL_MS, signal);
        continue;
      }
      standing = { engine: standing.engine, place: followed.place };
      saved.movements += followed.movements;
      note(followed, standing, begun);
      if (followed.faults > 0) {
        metrics.rulesOff.inc(followed.faults);
        rulesMs = 0;
      }
      const due = saved.movements >= SNAPSHOT_MOVEMENTS || (saved.movements > 0 && begun - saved.atMs > SNAPSHOT_MS);
      if (due && begun - saved.atMs > saved.tookMs * SNAPSHOT_REST) {
        const before = Date.now();
        await save(client, standing);
        saved = { atMs: Date.now(), movements: 0, tookMs: Date.now() - before };
      }
      if (!followed.more) await pause(CHUNK_EVERY_MS - (Date.now() - begun), signal);
    }
    // Stopped as it should be: the next start has nothing to take again.
    if (standing && saved.movements > 0) await save(client, standing);
  }

  function note(followed: { movements: number; alerts: number; oldestReceivedAtMs: number }, { engine }: Standing, begun: number): void {
    metrics.movements.inc(followed.movements);
    metrics.alerts.inc(followed.alerts);
    metrics.chunkSeconds.observe((Date.now() - begun) / 1000);
    metrics.lagSeconds.set((Date.now() - followed.oldestReceivedAtMs) / 1000);
    const { hubs, ringSearches, crowdedOut } = engine.detection.skipped;
    metrics.hubsSkipped.set(hubs);
    metrics.ringSearchesEnded.set(ringSearches);
    metrics.crowdedOut.set(crowdedOut);
  }

  async function save(client: pg.Client, { engine, place }: Standing): Promise<void> {
    const bytes = await packed(engine.save());
    metrics.snapshotBytes.set(bytes.length);
    await inTransaction(client, () => storeSnapshot(client, place, bytes));
  }

  /** Waits until no more history comes; false where the detector ends meanwhile. */
  async function historyIsOver(client: pg.Client, signal: AbortSignal): Promise<boolean> {
    const position = await readPosition(client);
    for (const begun = Date.now(); !signal.aborted; ) {
      const sinceMs = await sinceHistoryMs(client, position);
      if (sinceMs === null || sinceMs > HISTORY_QUIET_MS || Date.now() - begun > HISTORY_WAITED_MS) return true;
      await pause(LEADER_ASKED_MS, signal);
    }
    return false;
  }

  return {
    metrics,
    stop: async () => {
      ended.abort();
      await running;
    },
  };
}

async function connect({ connectionString, log }: DetectorOptions, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: name, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  await client.connect();
  return client;
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

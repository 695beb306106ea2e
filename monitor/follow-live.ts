import type pg from 'pg';
import { connectivityConsumer } from './connectivity/connectivity-consumer';
import { readMemory } from './connectivity/connectivity-memory';
import { judgeInstitutions } from './connectivity/judge-institutions';
import { plannedWindows } from './connectivity/planned-windows';
import { pruneHeartbeats } from './connectivity/prune-heartbeats';
import { newestPayment, type TrafficBaseline, trafficBaseline } from './connectivity/traffic-baseline';
import type { Consumer } from './consumer';
import { type FaultPoint, followOnce } from './follow';
import { MissingRows } from './missing-rows';
import type { PulseMeter } from './pulse/pulse-meter';
import { pruneInstitutionMinutes, rollupConsumer } from './rollups/rollup-consumer';
import type { Rush } from './rush';
import type { Shift } from './shift';

/** The gateway may notify on it after a commit; without that the monitor looks by itself every 250 ms. */
export const BATCH_CHANNEL = 'headwater_batch';

const POLL_MS = 250;
/** Under load a chunk gathers this much: fewer, larger transactions cost less, and nobody sees the difference. */
const CHUNK_EVERY_MS = 200;
/** Nobody follows an import by the second, and the more of it is added up before it is written, the less is written. */
const BULK_EVERY_MS = 3_000;
const JUDGE_MS = 5_000;
const BASELINE_MS = 30_000;
const PRUNE_MS = 60_000;

export type Following = {
  readonly meter: PulseMeter;
  readonly rush: Rush;
  readonly consumers?: readonly Consumer[] | undefined;
  /** For tests that kill the monitor at named places. */
  readonly at?: ((point: FaultPoint) => void | Promise<void>) | undefined;
};

/** The live figures: chunk by chunk into roll-ups, the pulse and everybody's state. */
export async function followLive(shift: Shift, client: pg.Client, { meter, rush, consumers: chosen, at }: Following): Promise<void> {
  const { log, metrics, wake, over } = shift;
  client.on('notification', () => wake.now());
  await client.query(`listen ${BATCH_CHANNEL}`);
  const memory = await readMemory(client);
  const consumers = [...(chosen ?? [rollupConsumer, connectivityConsumer(memory)]), meter.consumer];
  const missing = new MissingRows();
  let baseline: TrafficBaseline = { dataMs: null, perHour: new Map() };
  let baselineMs = 0;
  let judgedMs = 0;
  let prunedMs = 0;
  while (!over()) {
    const begun = Date.now();
    const chunk = await followOnce(client, { consumers, nowMs: begun, acceptMissing: missing.waitedEnough(begun), ...(at ? { at } : {}) });
    const done = Date.now();
    missing.after(chunk, begun);
    rush.after(chunk, done);
    if (chunk.missing > 0 && chunk.batches > 0)
      log.error({ missing: chunk.missing }, 'acknowledged rows are not there; the figures go on without them');
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
    const everyMs = rush.on(done) ? BULK_EVERY_MS : CHUNK_EVERY_MS;
    if (chunk.batches > 0) await wake.sleep(everyMs - (Date.now() - begun), { deaf: true });
    else await wake.sleep(POLL_MS);
  }
}

import type pg from 'pg';
import type { Shift } from '../shift';
import type { PulseMeter } from './pulse-meter';
import { sendPulse } from './send-pulse';

const EVERY_MS = 1_000;
const LAG_WARNED_MS = 60_000;

/** Once a second, for as long as the shift lasts. */
export async function keepPulsing({ log, metrics, wake, ended, over }: Shift, client: pg.Client, meter: PulseMeter): Promise<void> {
  let warnedMs = 0;
  while (!over()) {
    const begun = Date.now();
    const { lagMs, rowsBehind } = await sendPulse(client, meter, begun);
    metrics.lagSeconds.set(lagMs / 1000);
    metrics.rowsBehind.set(rowsBehind);
    if (lagMs > LAG_WARNED_MS && begun - warnedMs > LAG_WARNED_MS) {
      warnedMs = begun;
      log.warn({ lagMs, rowsBehind }, 'figures lag behind; a writing transaction that stays open anywhere on the server holds them back');
    }
    await wake.sleep(EVERY_MS - (Date.now() - begun), { deaf: true, signal: ended });
  }
}

import type pg from 'pg';
import { besides } from '../besides';
import { backOffMs, type Shift } from '../shift';
import { type ExportTools, expire, exportOnce, giveUp } from './export-once';

const EVERY_MS = 1_000;
/** The audit log numbers its rows each second. */
const WAITS_MS = 300;
const EXPIRES_EVERY_MS = 30_000;
/** Tries of one step before its job is given up. */
const TRIES_MAX = 3;
/** Somebody cancelled the job while its step ran. */
const SERIALISATION_FAILURE = '40001';

/** Writes the exports that were asked for and allowed, one after the other, and takes expired ones away, for as long as the shift lasts. */
export async function keepExporting(shift: Shift, client: pg.Client, tools: ExportTools): Promise<void> {
  let [failures, expiredMs] = [0, 0];
  await besides(shift, 'exports', client, async () => {
    if (Date.now() - expiredMs > EXPIRES_EVERY_MS) {
      await expire(client);
      expiredMs = Date.now();
    }
    try {
      const { kind } = await exportOnce(client, tools);
      failures = 0;
      return { idle: EVERY_MS, waits: WAITS_MS, worked: 0 }[kind];
    } catch (error) {
      if ((error as { code?: string }).code === SERIALISATION_FAILURE) return 0;
      if (++failures < TRIES_MAX) {
        shift.log.error({ err: error }, 'a step of an export failed; trying again');
        return backOffMs(failures);
      }
      failures = 0;
      // Where the connection is gone this throws, and the shift ends.
      shift.log.error({ err: error, exportId: await giveUp(client, (error as Error).message) }, 'an export was given up');
      return 0;
    }
  });
}

import type { ClientBase } from 'pg';
import { Rollup } from '@/domain/clearing/rollup';
import type { Consumer } from '../consumer';
import { firstKeptMinuteMs } from './tier-tables';
import { writeRollup } from './write-rollup';

/** Keeps every tier equal to the sum of the rows below the watermark. */
export const rollupConsumer: Consumer = {
  name: 'roll-ups',
  open({ nowMs }) {
    const rollup = new Rollup({ keepMinutesFromMs: firstKeptMinuteMs(nowMs) });
    return {
      payment: (fact, status, latencyMs) => rollup.addPayment(fact, status, latencyMs),
      // The outcome's own batch will count it: until then the payment is what it first was.
      ahead: (fact, from, to) => rollup.movePayment(fact, to, from),
      outcome: (fact, from, to) => rollup.movePayment(fact, from, to),
      leg: (fact) => rollup.addLeg(fact),
      write: (client) => writeRollup(client, rollup),
    };
  },
};

/** Drops institutions' minutes that are no longer kept. Returns how many. */
export async function pruneInstitutionMinutes(client: ClientBase, nowMs: number): Promise<number> {
  const { rowCount } = await client.query('delete from institution_minute where minute < $1', [
    new Date(firstKeptMinuteMs(nowMs)).toISOString(),
  ]);
  return rowCount ?? 0;
}

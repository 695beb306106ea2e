import type { ClientBase } from 'pg';
import { WATERMARK } from '../follow';
import type { PulseMeter } from './pulse-meter';

export const PULSE_CHANNEL = 'headwater_pulse';

/** What a listener gets once a second. Counts are of fresh payments since the last pulse; lagMs is the longest from received to visible. */
export type Pulse = {
  readonly at: string;
  /** Time of the newest payment that the figures include. */
  readonly dataAt: string | null;
  readonly tps: number;
  readonly succeeded: number;
  readonly declined: number;
  readonly failed: number;
  readonly unknown: number;
  readonly lagMs: number;
  /** Rows committed by the gateway and not yet in the figures. */
  readonly rowsBehind: number;
  /** When an institution's state last changed: boards ask anew at once. */
  readonly connectivityAt: string | null;
};

export async function sendPulse(client: ClientBase, meter: PulseMeter, nowMs: number): Promise<Pulse> {
  const { rows } = await client.query<{ dataAt: Date | null; rowsBehind: string; oldest: Date | null }>(
    `with watermark as (
       select coalesce(max(xid), '0'::xid8) as xid, coalesce(max(batch_id), 0) as batch_id, max(data_at) as data_at
       from monitor_watermark
       where name = $1
     )
     select watermark.data_at as "dataAt", behind.rows as "rowsBehind", behind.oldest
     from watermark
     cross join lateral (
       select coalesce(sum(accepted_count), 0)::text as rows, min(received_at) as oldest
       from feed_batch
       where (xid, id) > (watermark.xid, watermark.batch_id)
     ) as behind`,
    [WATERMARK],
  );
  const [state] = rows as [(typeof rows)[number]];
  const { lagMs, ...counts } = meter.take();
  const waitingMs = state.oldest ? nowMs - state.oldest.getTime() : 0;
  const pulse: Pulse = {
    at: new Date(nowMs).toISOString(),
    dataAt: state.dataAt?.toISOString() ?? null,
    tps: meter.paymentsPerSecond(nowMs, Number(state.rowsBehind) > 0 && waitingMs > 2_000),
    ...counts,
    lagMs: Math.max(0, Math.round(Math.max(lagMs, waitingMs))),
    rowsBehind: Number(state.rowsBehind),
    connectivityAt: meter.connectivityAtMs === null ? null : new Date(meter.connectivityAtMs).toISOString(),
  };
  await client.query('select pg_notify($1, $2)', [PULSE_CHANNEL, JSON.stringify(pulse)]);
  return pulse;
}

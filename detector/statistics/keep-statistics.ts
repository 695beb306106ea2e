import type { ClientBase } from 'pg';
import type { Logger } from 'pino';
import { DAY_MS } from '@/domain/detection/movement';
import { pause } from '../pause';
import { judgeMoment } from './judge-moment';
import { MomentReadings } from './moment-readings';

const MINUTE_MS = 60_000;
const LOOK_MS = 5_000;
/** Payments of a minute are reported within so long; what comes later is in the figures, and was not waited for. */
const CLOSED_AFTER_MS = 20_000;
/** What was missed is made up for a day back, in larger steps where it is more than half an hour. */
const MISSED_MAX_MS = DAY_MS;
const LARGE_STEP_MS = 5 * MINUTE_MS;
const LARGE_FROM_MS = 30 * MINUTE_MS;
const SETTING = 'detection-statistics';
/** While history is brought in, the figures of the past are not what they will be. */
const HISTORY_QUIET_SECONDS = 30;

/** Holds the figures of each closed minute against their own past, until the signal. Throws where the connection is lost. */
export async function keepStatistics(
  client: ClientBase,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const readings = new MomentReadings();
  while (!signal.aborted) {
    const moment = await nextMoment(client);
    if (!moment) {
      await pause(LOOK_MS, signal);
      continue;
    }
    const told = await judge(client, readings, moment);
    if (told > 0) log.info({ at: new Date(moment.atMs).toISOString(), told }, 'figures stand outside their past');
  }
}

type Moment = { readonly atMs: number; readonly stepMs: number; readonly firstMs: number };

/** The next closed minute that was not looked at; undefined where there is none yet, or history still comes in. */
async function nextMoment(client: ClientBase): Promise<Moment | undefined> {
  const { rows } = await client.query<{
    doneMs: number | null;
    dataMs: number | null;
    firstMs: number | null;
    nowMs: number;
    history: boolean;
  }>(
    `select (select (value ->> 'minute')::double precision from setting where name = $1) as "doneMs",
       (select (date_part('epoch', data_at) * 1000)::double precision from monitor_watermark where name = 'follow') as "dataMs",
       (select (date_part('epoch', min(minute)) * 1000)::double precision from platform_minute) as "firstMs",
       (date_part('epoch', clock_timestamp()) * 1000)::double precision as "nowMs",
       exists (
         select 1 from feed_batch
         where received_at > clock_timestamp() - make_interval(secs => $2)
           and accepted_count >= 100
           and last_accepted_at < received_at - interval '1 hour'
           and feed not in ('legs', 'heartbeats', 'debits', 'declarations', 'outcomes')
       ) as history`,
    [SETTING, HISTORY_QUIET_SECONDS],
  );
  const [now] = rows;
  if (!now || now.history || now.dataMs === null || now.firstMs === null) return undefined;
  const closedMs = Math.floor(Math.min(now.nowMs - CLOSED_AFTER_MS, now.dataMs) / MINUTE_MS) * MINUTE_MS;
  const doneMs = Math.max(now.doneMs ?? 0, closedMs - MISSED_MAX_MS);
  if (doneMs >= closedMs) return undefined;
  const stepMs = closedMs - doneMs > LARGE_FROM_MS ? LARGE_STEP_MS : MINUTE_MS;
  return { atMs: Math.floor(doneMs / stepMs) * stepMs + stepMs, stepMs, firstMs: now.firstMs };
}

async function judge(client: ClientBase, readings: MomentReadings, { atMs, stepMs, firstMs }: Moment): Promise<number> {
  await client.query('begin isolation level repeatable read read only');
  let found: Awaited<ReturnType<MomentReadings['at']>>;
  try {
    found = await readings.at(client, atMs, firstMs);
  } finally {
    await client.query('rollback');
  }
  await client.query('begin');
  try {
    const told = await judgeMoment(client, found, atMs, stepMs);
    await client.query(
      `insert into setting (name, value)
       values ($1, jsonb_build_object('minute', $2::double precision))
       on conflict (name) do update
       set value = excluded.value, changed_at = clock_timestamp()`,
      [SETTING, atMs],
    );
    await client.query('commit');
    return told;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

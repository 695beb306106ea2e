import type { ClientBase } from 'pg';
import * as z from 'zod';
import { expectedPerHour, perHourAt } from '@/domain/connectivity/silence';
import { WATERMARK } from '../follow';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** The whole platform's present rate is taken over so long. */
const PRESENT_MS = 30 * MINUTE_MS;

export type TrafficBaseline = {
  /** Time of the platform's newest payment: quiet is measured up to it, so that a platform at rest makes nobody silent. */
  readonly dataMs: number | null;
  /** Payments an hour to be expected of each institution now. */
  readonly perHour: ReadonlyMap<number, number>;
};

const HourRow = z.object({ id: z.int(), atMs: z.number(), payments: z.number() });

/**
 * What each institution's traffic should be at this minute, from the same minute one and two weeks ago; a day ago where neither is
 * known. A payment in which an institution plays two roles is one event: the largest of its roles is counted, never their sum.
 */
export async function trafficBaseline(client: ClientBase, nowMs: number): Promise<TrafficBaseline> {
  const dataMs = await newestPayment(client);
  if (dataMs === null) return { dataMs, perHour: new Map() };
  const atMs = Math.min(dataMs, nowMs);
  const backs = [7 * DAY_MS, 14 * DAY_MS, DAY_MS];
  const hours = backs.flatMap((back) => [-1, 0, 1].map((step) => Math.floor((atMs - back) / HOUR_MS) * HOUR_MS + step * HOUR_MS));
  const moments = [...new Set(hours)].map((ms) => new Date(ms));
  const { rows } = await client.query(
    `select institution_id as id, date_part('epoch', hour) * 1000 as "atMs", max(payments)::double precision as payments
     from (
       select institution_id, hour, role, sum(succeeded + declined + failed + unknown) as payments
       from institution_hour
       where hour = any($1::timestamptz[])
       group by 1, 2, 3
     ) by_role
     group by 1, 2
     union all
     select 0, date_part('epoch', hour) * 1000, sum(succeeded + declined + failed + unknown)::double precision
     from platform_hour
     where hour = any($1::timestamptz[])
     group by 2`,
    [moments],
  );
  const present = await client.query<{ payments: number }>(
    `select coalesce(sum(succeeded + declined + failed + unknown), 0)::double precision as payments
     from platform_minute
     where minute >= $1
       and minute < $2`,
    [new Date(atMs - PRESENT_MS), new Date(atMs)],
  );
  const counts = new Map<number, Map<number, number>>();
  for (const { id, atMs: hourMs, payments } of z.array(HourRow).parse(rows)) {
    const had = counts.get(id) ?? new Map<number, number>();
    had.set(hourMs, payments);
    counts.set(id, had);
  }
  const presentPerHour = ((present.rows[0]?.payments ?? 0) * HOUR_MS) / PRESENT_MS;
  const at = (id: number, back: number, momentMs: number) => {
    const hourMs = Math.floor((momentMs - back) / HOUR_MS) * HOUR_MS;
    const of = (step: number) => counts.get(id)?.get(hourMs + step * HOUR_MS) ?? null;
    return perHourAt(Math.floor((momentMs - back - hourMs) / MINUTE_MS), { before: of(-1), at: of(0), after: of(1) });
  };
  const shares = backs.map((back) => {
    const then = at(0, back, atMs - PRESENT_MS / 2);
    return then === null || then === 0 ? null : presentPerHour / then;
  });
  const perHour = new Map<number, number>();
  for (const id of counts.keys()) {
    if (id === 0) continue;
    const [week, fortnight, yesterday] = backs.map((back, i) => ({ perHour: at(id, back, atMs), platformShare: shares[i] ?? null }));
    const weeks = [week, fortnight].flatMap((one) => (one && one.perHour !== null ? [one] : []));
    const expected = expectedPerHour(weeks.length > 0 || !yesterday ? weeks : [yesterday]);
    if (expected !== null) perHour.set(id, expected);
  }
  return { dataMs, perHour };
}

/** Epoch milliseconds of the newest payment that is counted. */
export async function newestPayment(client: ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ dataMs: number | null }>(
    `select date_part('epoch', data_at) * 1000 as "dataMs" from monitor_watermark where name = $1`,
    [WATERMARK],
  );
  return rows[0]?.dataMs ?? null;
}

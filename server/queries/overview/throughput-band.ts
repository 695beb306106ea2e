import 'server-only';
import * as z from 'zod';
import { DAY_MS, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({ position: z.int(), days: z.int(), low: z.number(), high: z.number() });

export type ThroughputBand = {
  /** Past days that the band is made of. */
  readonly days: number;
  /** Payments per step at the 10th and the 90th percentile of those days; `position` counts steps from the range's start. */
  readonly steps: readonly { readonly position: number; readonly low: number; readonly high: number }[];
};

/** Fewer days than this say nothing about what is usual. */
const DAYS_MIN = 4;
const DAYS_MAX = 14;

/**
 * What the same time of day held on the days before `range` (a day or less), as far back as there is data for whole days, 14 at most.
 * A step in which nothing was accepted counts as zero on such a day. Null where there are too few days or the range is longer than a day.
 */
export async function throughputBand(
  actor: Actor,
  { range, stepMs }: { range: TimeRange; stepMs: number },
): Promise<ThroughputBand | null> {
  requireWholePlatform(actor);
  const span = range.to.getTime() - range.from.getTime();
  if (span > DAY_MS) return null;
  const since = new Date(range.from.getTime() - DAYS_MAX * DAY_MS);
  const rows = await database().$queryRaw`
    with first_data as (
      select min(slot) as at
      from platform_slot
      where slot >= ${since}
        and slot < ${range.from}
    ),
    past_day as (
      select n, ${range.from}::timestamptz - make_interval(days => n) as starts_at
      from generate_series(1, ${DAYS_MAX}::int) n, first_data
      where ${range.from}::timestamptz - make_interval(days => n) >= first_data.at
    ),
    counted as (
      select d.n, floor(extract(epoch from s.slot - d.starts_at) * 1000 / ${stepMs}::float8)::int as position,
        sum(s.succeeded + s.declined + s.failed + s.unknown)::float8 as payments
      from past_day d
      join platform_slot s on s.slot >= d.starts_at and s.slot < d.starts_at + make_interval(secs => ${span / 1000}::float8)
      where s.slot >= ${since}
        and s.slot < ${range.to}
      group by 1, 2
    )
    select p.position, count(*)::int as days,
      percentile_cont(0.1) within group (order by coalesce(c.payments, 0)) as low,
      percentile_cont(0.9) within group (order by coalesce(c.payments, 0)) as high
    from generate_series(0, ${Math.ceil(span / stepMs) - 1}::int) as p (position)
    cross join past_day d
    left join counted c on c.n = d.n and c.position = p.position
    group by 1
    order by 1`;
  const steps = z.array(Row).parse(rows);
  const days = steps[0]?.days ?? 0;
  return days < DAYS_MIN ? null : { days, steps };
}

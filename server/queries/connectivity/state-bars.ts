import 'server-only';
import * as z from 'zod';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  id: z.int(),
  bars: z.string(),
  downMs: z.coerce.number(),
  degradedMs: z.coerce.number(),
  silentMs: z.coerce.number(),
  plannedMs: z.coerce.number(),
  unknownMs: z.coerce.number(),
});

export type StateBars = Omit<z.infer<typeof Row>, 'id' | 'bars'> & {
  /** The bars that were not well throughout: domain/connectivity/state-bar.ts. */
  readonly bars: string;
  /** From when on it was measured or reported at all. */
  readonly knownFrom: Date | null;
};

/**
 * What was not well of each institution within whole buckets of `range`, from the rows of its history. `until`: the open stretch reaches
 * to then. What lies before `knownFrom` was never measured and is in no sum.
 */
export async function stateBars(
  actor: Actor,
  { range, bucketMs, until, institutionId }: { range: TimeRange; bucketMs: number; until: Date; institutionId?: number },
): Promise<Map<number, StateBars>> {
  const only = actor.institutionId ?? institutionId;
  const own = only === undefined ? Prisma.sql`true` : Prisma.sql`institution_id = ${only}`;
  const to = until < range.to ? until : range.to;
  const [rows, known] = await Promise.all([
    database().$queryRaw`
      with trouble as (
        select institution_id, state,
          date_part('epoch', greatest(from_at, ${range.from}::timestamptz) - ${range.from}::timestamptz) * 1000 as a,
          date_part('epoch', least(coalesce(to_at, ${to}::timestamptz), ${to}::timestamptz) - ${range.from}::timestamptz) * 1000 as b
        from state_interval
        where state <> 'up'
          and from_at < ${to}
          and (to_at is null or to_at > ${range.from})
          and ${own}
      ),
      cut as (
        select institution_id, state, position,
          least(b, (position + 1) * ${bucketMs}::float8) - greatest(a, position * ${bucketMs}::float8) as ms
        from trouble, generate_series(floor(a / ${bucketMs}::float8)::int, ceil(b / ${bucketMs}::float8)::int - 1) as position
        where b > a
      ),
      bar as (
        select institution_id, position,
          coalesce(sum(ms) filter (where state = 'down'), 0) as down,
          coalesce(sum(ms) filter (where state = 'degraded'), 0) as degraded,
          coalesce(sum(ms) filter (where state = 'silent'), 0) as silent,
          coalesce(sum(ms) filter (where state = 'planned'), 0) as planned,
          coalesce(sum(ms) filter (where state = 'unknown'), 0) as unknown
        from cut
        group by 1, 2
      )
      select institution_id as id,
        string_agg(concat(position, 'd' || nullif(ceil(down / 1000), 0), 'g' || nullif(ceil(degraded / 1000), 0),
          's' || nullif(ceil(silent / 1000), 0), 'p' || nullif(ceil(planned / 1000), 0), 'u' || nullif(ceil(unknown / 1000), 0)), ';'
          order by position) as bars,
        sum(down)::bigint::text as "downMs", sum(degraded)::bigint::text as "degradedMs", sum(silent)::bigint::text as "silentMs",
        sum(planned)::bigint::text as "plannedMs", sum(unknown)::bigint::text as "unknownMs"
      from bar
      group by 1`,
    database().$queryRaw<{ id: number; at: Date | null }[]>`
      select i.id, first.from_at as at
      from institution i
      left join lateral (
        select from_at from state_interval s where s.institution_id = i.id order by from_at limit 1
      ) first on true
      where ${only === undefined ? Prisma.sql`true` : Prisma.sql`i.id = ${only}`}`,
  ]);
  const byId = new Map(
    z
      .array(Row)
      .parse(rows)
      .map(({ id, ...row }) => [id, row]),
  );
  return new Map(
    known.map(({ id, at }) => [
      id,
      { ...(byId.get(id) ?? { bars: '', downMs: 0, degradedMs: 0, silentMs: 0, plannedMs: 0, unknownMs: 0 }), knownFrom: at },
    ]),
  );
}

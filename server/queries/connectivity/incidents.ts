import 'server-only';
import * as z from 'zod';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import { LINE_DIRECTIONS } from '@/domain/connectivity/line-health';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  id: z.string(),
  scope: z.enum(['line', 'institution']),
  line: z.string().nullable(),
  direction: z.enum(LINE_DIRECTIONS).nullable(),
  layer: z.enum(HEARTBEAT_LAYERS).nullable(),
  state: z.enum(['down', 'silent', 'degraded']),
  detail: z.string().nullable(),
  openedAt: z.date(),
  closedAt: z.date().nullable(),
  acknowledgedAt: z.date().nullable(),
  acknowledgedBy: z.string().nullable(),
  note: z.string().nullable(),
  members: z.int(),
  codes: z.array(z.string()),
  names: z.array(z.string()),
});
/** `codes` and `names` are of some of the members, the ones that were hit first; `members` counts all. */
export type Incident = z.infer<typeof Row>;

const NAMED = 60;

export type IncidentsAsked = {
  readonly locale: string;
  /** Only those that go on. */
  readonly open?: boolean;
  /** Only those that touched the span. */
  readonly range?: TimeRange;
  readonly institutionId?: number;
  readonly id?: string;
  readonly limit: number;
};

/**
 * Incidents that were not found to be part of another, open ones first, then the newest; how many there are in all beside those given.
 * An institution's own people see those that it was in, and of their members only itself.
 */
export async function incidents(actor: Actor, asked: IncidentsAsked): Promise<{ readonly rows: Incident[]; readonly total: number }> {
  const only = actor.institutionId ?? asked.institutionId;
  const member =
    only === undefined
      ? Prisma.sql`true`
      : Prisma.sql`exists (select from incident_member m where m.incident_id = i.id and m.institution_id = ${only})`;
  const seen = actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`m.institution_id = ${actor.institutionId}`;
  const where = Prisma.sql`i.merged_into is null
    and ${member}
    and ${asked.open ? Prisma.sql`i.closed_at is null` : Prisma.sql`true`}
    and ${asked.range ? Prisma.sql`i.opened_at < ${asked.range.to} and (i.closed_at is null or i.closed_at >= ${asked.range.from})` : Prisma.sql`true`}
    and ${asked.id ? Prisma.sql`i.id = ${asked.id}::bigint` : Prisma.sql`true`}`;
  const [rows, counted] = await Promise.all([
    database().$queryRaw`
      select i.id::text as id, i.scope, i.line, i.direction::text as direction, i.layer::text as layer, i.state, i.detail,
        i.opened_at as "openedAt", i.closed_at as "closedAt", i.acknowledged_at as "acknowledgedAt",
        u.display_name as "acknowledgedBy", i.note, m.members, m.codes, m.names
      from incident i
      left join app_user u on u.id = i.acknowledged_by
      cross join lateral (
        select count(distinct m.institution_id)::int as members,
          coalesce((array_agg(n.code order by m.from_at, n.id))[1:${NAMED}], '{}') as codes,
          coalesce((array_agg(case when ${asked.locale.startsWith('zh')} then n.short_zh else n.short_en end order by m.from_at, n.id))[1:${NAMED}], '{}') as names
        from incident_member m
        join institution n on n.id = m.institution_id
        where m.incident_id = i.id
          and ${seen}
      ) m
      where ${where}
      order by (i.closed_at is null) desc, case when i.closed_at is null then array_position(array['down', 'silent', 'degraded'], i.state) end,
        i.opened_at desc
      limit ${asked.limit}`,
    database().$queryRaw<{ n: number }[]>`select count(*)::int as n from incident i where ${where}`,
  ]);
  return { rows: z.array(Row).parse(rows), total: counted[0]?.n ?? 0 };
}

import 'server-only';
import * as z from 'zod';
import { type AlertFilter, isNarrowed } from '@/domain/alerts/alert-filter';
import type { QueueCounts } from '@/domain/alerts/alert-row';
import { database } from '@/server/database';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { Actor } from '@/server/session';
import { alertConditions, visibleTo } from './alert-conditions';

const Counts = z.object({ open: z.int(), mine: z.int(), unassigned: z.int(), snoozed: z.int(), all: z.int(), newestId: z.string() });

/** How many alerts each queue holds in whole, filters left out of account. */
export async function queueCounts(actor: Actor, { at }: { at: Date }): Promise<QueueCounts> {
  const rows = await database().$queryRaw`
    with waiting as (
      select a.assigned_to, coalesce(a.snoozed_until > ${at}, false) as snoozed
      from alert a
      where a.state = 'open' and ${visibleTo(actor)}
    )
    select count(*) filter (where not snoozed)::int as open,
      count(*) filter (where not snoozed and assigned_to = ${actor.id}::uuid)::int as mine,
      count(*) filter (where not snoozed and assigned_to is null)::int as unassigned,
      count(*) filter (where snoozed)::int as snoozed,
      (select count(*) from alert a where ${visibleTo(actor)})::int as all,
      (select coalesce(max(a.id), 0) from alert a where ${visibleTo(actor)})::text as "newestId"
    from waiting`;
  return Counts.parse((rows as unknown[])[0]);
}

/** How many alerts a filter leaves of its queue. */
export async function filteredCount(
  actor: Actor,
  { filter, counts, locale, at }: { filter: AlertFilter; counts: QueueCounts; locale: string; at: Date },
): Promise<number> {
  if (!isNarrowed(filter)) return counts[filter.queue];
  const institutions = filter.institutions.length === 0 ? [] : await institutionsByCode(actor, { codes: filter.institutions, locale });
  const rows = await database().$queryRaw`
    select count(*)::int as count
    from alert a
    where ${alertConditions(actor, { filter, institutionIds: institutions.map(({ id }) => id), at })}`;
  return z.object({ count: z.int() }).parse((rows as unknown[])[0]).count;
}

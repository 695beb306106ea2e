import 'server-only';
import type { AlertFilter } from '@/domain/alerts/alert-filter';
import { type AlertState, DUE_AFTER_MS } from '@/domain/alerts/alert-states';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

/** Snoozed is open until later: it comes back by the clock, and nothing has to wake it. */
export function stateOf(at: Date): Prisma.Sql {
  return Prisma.sql`case when a.state = 'open' and a.snoozed_until > ${at} then 'snoozed' else a.state end`;
}

/**
 * When an alert `a` is to be answered: the time that somebody set, else five working days for what is reportable (Saturdays and Sundays
 * are none; public holidays are not known here), else by its severity.
 */
export const DUE_AT = Prisma.sql`coalesce(
  a.due_at,
  case when a.detail ->> 'outcome' = 'reportable'
    then a.opened_at + make_interval(days => case extract(isodow from a.opened_at at time zone 'Asia/Shanghai')::int when 6 then 6 when 7 then 5 else 7 end)
    else a.raised_at + make_interval(secs => case a.severity
      when 'high' then ${DUE_AFTER_MS.high / 1000}::int
      when 'medium' then ${DUE_AFTER_MS.medium / 1000}::int
      else ${DUE_AFTER_MS.low / 1000}::int end)
  end)`;

/** What an actor may see of alerts `a`: an institution's own people their institution's, everybody else all. */
export function visibleTo(actor: Actor, alias: 'a' | 'own' = 'a'): Prisma.Sql {
  return actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(alias)}.institution_id = ${actor.institutionId}`;
}

/** Conditions on alerts `a` of a filter; `institutionIds` are its codes, resolved. */
export function alertConditions(
  actor: Actor,
  { filter, institutionIds, at }: { filter: AlertFilter; institutionIds: readonly number[]; at: Date },
): Prisma.Sql {
  const all = [visibleTo(actor), ...queueConditions(actor, filter, at)];
  if (filter.severities.length > 0) all.push(Prisma.sql`a.severity = any(${[...filter.severities]})`);
  if (filter.sources.length > 0) all.push(Prisma.sql`a.rule_id = any(${[...filter.sources]})`);
  if (filter.institutions.length > 0) all.push(Prisma.sql`a.institution_id = any(${[...institutionIds]}::int[])`);
  const ago = (hours: number) => new Date(at.getTime() - hours * 3_600_000);
  if (filter.age === 'under-1h') all.push(Prisma.sql`a.opened_at >= ${ago(1)}`);
  if (filter.age === 'under-24h') all.push(Prisma.sql`a.opened_at >= ${ago(24)}`);
  if (filter.age === 'over-24h') all.push(Prisma.sql`a.opened_at < ${ago(24)}`);
  if (filter.age === 'over-3d') all.push(Prisma.sql`a.opened_at < ${ago(72)}`);
  if (filter.age === 'overdue') all.push(Prisma.sql`a.state = 'open' and ${DUE_AT} < ${at}`);
  return Prisma.join(all, ' and ');
}

function queueConditions(actor: Actor, { queue, states }: AlertFilter, at: Date): Prisma.Sql[] {
  const awake = Prisma.sql`a.state = 'open' and (a.snoozed_until is null or a.snoozed_until <= ${at})`;
  if (queue === 'open') return [awake];
  if (queue === 'mine') return [awake, Prisma.sql`a.assigned_to = ${actor.id}::uuid`];
  if (queue === 'unassigned') return [awake, Prisma.sql`a.assigned_to is null`];
  if (queue === 'snoozed') return [Prisma.sql`a.state = 'open' and a.snoozed_until > ${at}`];
  return states.length === 0 ? [] : [Prisma.sql`${stateOf(at)} = any(${[...states] as AlertState[]})`];
}

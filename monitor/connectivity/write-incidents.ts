import type { ClientBase } from 'pg';
import type { OpenIncident, PlannedIncident } from '@/domain/connectivity/incidents';

type Kept = OpenIncident & { readonly state: string };
const RANK = ['degraded', 'silent', 'down'];

/**
 * Makes the stored incidents what is planned: opens, goes on with, joins and closes. Returns what is open afterwards. An incident keeps
 * the worst state that it ever had. Runs in the caller's transaction.
 */
export async function writeIncidents(
  client: ClientBase,
  of: {
    planned: readonly PlannedIncident[];
    open: readonly Kept[];
    stillOpen: (incident: OpenIncident) => boolean;
    nowMs: number;
  },
): Promise<Kept[]> {
  const now = new Date(of.nowMs);
  const after: Kept[] = [];
  const absorbed = new Map<string, string>();
  for (const one of of.planned) {
    const before = of.open.find(({ id }) => id === one.continues);
    const id = before?.id ?? (await openIncident(client, one, now));
    const state = before && RANK.indexOf(before.state) > RANK.indexOf(one.state) ? before.state : one.state;
    if (before && state !== before.state)
      await client.query('update incident set state = $2, layer = $3, direction = $4, detail = $5 where id = $1', [
        id,
        state,
        one.layer,
        one.direction,
        one.detail,
      ]);
    const joined = one.members.filter(({ institutionId }) => !before?.members.includes(institutionId));
    if (joined.length > 0)
      await client.query(
        `insert into incident_member (incident_id, institution_id, from_at, state)
         select $1, institution_id, least(at, $5), state
         from unnest($2::integer[], $3::timestamptz[], $4::text[]) as d (institution_id, at, state)
         on conflict (incident_id, institution_id, from_at) do update set to_at = null, state = excluded.state`,
        [id, joined.map((m) => m.institutionId), joined.map((m) => new Date(m.sinceMs)), joined.map((m) => m.state), now],
      );
    const left = before?.members.filter((member) => !one.members.some(({ institutionId }) => institutionId === member)) ?? [];
    if (left.length > 0)
      await client.query(
        `update incident_member set to_at = greatest($3, from_at) where incident_id = $1 and institution_id = any($2::integer[]) and to_at is null`,
        [id, left, now],
      );
    for (const other of one.absorbs) if (other !== id) absorbed.set(other, id);
    after.push({
      id,
      scope: one.scope,
      line: one.line,
      state,
      openedMs: before?.openedMs ?? one.sinceMs,
      members: one.members.map((m) => m.institutionId),
    });
  }
  const continued = new Set(after.map(({ id }) => id));
  for (const incident of of.open) {
    if (continued.has(incident.id)) continue;
    if (!absorbed.has(incident.id) && of.stillOpen(incident)) {
      after.push(incident);
      continue;
    }
    await client.query('update incident set closed_at = greatest($2, opened_at), merged_into = $3 where id = $1', [
      incident.id,
      now,
      absorbed.get(incident.id) ?? null,
    ]);
    await client.query('update incident_member set to_at = greatest($2, from_at) where incident_id = $1 and to_at is null', [
      incident.id,
      now,
    ]);
  }
  return after;
}

async function openIncident(client: ClientBase, one: PlannedIncident, now: Date): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into incident (scope, line, direction, layer, state, detail, opened_at)
     values ($1, $2, $3, $4, $5, $6, least($7::timestamptz, $8::timestamptz))
     returning id::text as id`,
    [one.scope, one.line, one.direction, one.layer, one.state, one.detail, new Date(one.sinceMs), now],
  );
  return (rows[0] as { id: string }).id;
}

import type { ClientBase } from 'pg';
import type { InstitutionVerdict } from '@/domain/connectivity/institution-verdict';
import type { Standing } from './connectivity-memory';

export type Judged = { readonly id: number; readonly verdict: InstitutionVerdict; readonly before: Standing | null };

/**
 * Writes the states that changed and goes on with everybody's history. `gapFromMs`: since then nobody was judged, so that stretch is
 * unknown for everyone. Runs in the caller's transaction.
 */
export async function writeStates(
  client: ClientBase,
  { judged, gapFromMs, nowMs }: { judged: readonly Judged[]; gapFromMs: number | null; nowMs: number },
): Promise<void> {
  const now = new Date(nowMs);
  if (gapFromMs !== null) await closeAll(client, { from: new Date(gapFromMs), now });
  const said = judged.filter(
    ({ verdict, before }) => before?.said !== JSON.stringify([verdict.layers, verdict.cause]) || before.state !== verdict.state,
  );
  if (said.length > 0)
    await client.query({
      name: 'write states',
      text: `insert into institution_state as s (institution_id, state, layers, cause, since)
        select institution_id, state, layers, cause, $5
        from unnest($1::integer[], $2::text[], $3::jsonb[], $4::jsonb[]) as d (institution_id, state, layers, cause)
        on conflict (institution_id) do update
        set since = case when s.state = excluded.state then s.since else excluded.since end,
          state = excluded.state, layers = excluded.layers, cause = excluded.cause`,
      values: [
        said.map(({ id }) => id),
        said.map(({ verdict }) => verdict.state),
        said.map(({ verdict }) => JSON.stringify(verdict.layers)),
        said.map(({ verdict }) => (verdict.cause === null ? null : JSON.stringify(verdict.cause))),
        now,
      ],
    });
  // After a gap every history has to begin anew; otherwise only those whose state changed, or who have none.
  const moved = gapFromMs === null ? judged.filter(({ verdict, before }) => before?.state !== verdict.state) : judged;
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  await client.query({
    name: 'close intervals',
    text: `update state_interval set to_at = $2
      where institution_id = any($1::integer[])
        and to_at is null
        and from_at < $2`,
    values: [ids, now],
  });
  await client.query({
    name: 'open intervals',
    text: `insert into state_interval (institution_id, from_at, state, cause)
      select institution_id, $4, state, cause
      from unnest($1::integer[], $2::text[], $3::jsonb[]) as d (institution_id, state, cause)
      on conflict (institution_id, from_at) do update
      set state = excluded.state, cause = excluded.cause, to_at = null`,
    values: [
      ids,
      moved.map(({ verdict }) => verdict.state),
      moved.map(({ verdict }) => (verdict.cause === null ? null : JSON.stringify(verdict.cause))),
      now,
    ],
  });
}

async function closeAll(client: ClientBase, { from, now }: { from: Date; now: Date }): Promise<void> {
  const { rows } = await client.query<{ id: number; at: Date }>(
    `update state_interval
     set to_at = greatest($1, from_at + interval '1 ms')
     where to_at is null
       and from_at < $2
     returning institution_id as id, to_at as at`,
    [from, now],
  );
  const unknown = rows.filter(({ at }) => at < now);
  await client.query(
    `insert into state_interval (institution_id, from_at, to_at, state)
     select institution_id, at, $3, 'unknown'
     from unnest($1::integer[], $2::timestamptz[]) as d (institution_id, at)`,
    [unknown.map(({ id }) => id), unknown.map(({ at }) => at), now],
  );
}

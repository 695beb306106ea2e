import type { ClientBase } from 'pg';
import * as z from 'zod';
import type { OpenIncident } from '@/domain/connectivity/incidents';
import type { Cause } from '@/domain/connectivity/institution-verdict';
import { LINE_DIRECTIONS, type LineDirection, LineMemory } from '@/domain/connectivity/line-health';
import { type InstitutionStateName, stateName } from '@/domain/overview/institution-state';

export type Line = { readonly line: string; readonly direction: LineDirection; readonly memory: LineMemory };
export type Standing = { readonly state: InstitutionStateName; readonly cause: Cause | null; readonly said: string };

/**
 * What the leading monitor knows of everybody's lines, so that a judgement reads no table. It is what the database holds after each
 * commit: whoever takes over reads it from there.
 */
export type ConnectivityMemory = {
  /** By institution, then by "line direction". */
  readonly lines: Map<number, Map<string, Line>>;
  readonly lastPaymentMs: Map<number, number>;
  readonly standings: Map<number, Standing>;
  incidents: (OpenIncident & { readonly state: string })[];
  /** When everybody was last judged; what lies between that and the next judgement after a long gap is unknown. */
  judgedMs: number | null;
  /** A layer changed, or an institution was heard of for the first time, since the last judgement. */
  stirred: boolean;
};

export function lineKey(line: string, direction: LineDirection): string {
  return `${line} ${direction}`;
}

const LineRow = z.object({ id: z.int(), line: z.string(), direction: z.enum(LINE_DIRECTIONS), layers: LineMemory });
const StateRow = z.object({ id: z.int(), state: z.string(), layers: z.unknown(), cause: z.unknown(), lastMs: z.number().nullable() });
const IncidentRow = z.object({
  id: z.string(),
  scope: z.enum(['line', 'institution']),
  line: z.string().nullable(),
  state: z.string(),
  openedMs: z.number(),
  members: z.array(z.int()),
});

export async function readMemory(client: ClientBase): Promise<ConnectivityMemory> {
  const lines: ConnectivityMemory['lines'] = new Map();
  const { rows } = await client.query('select institution_id as id, line, direction, layers from line_state');
  for (const { id, line, direction, layers } of z.array(LineRow).parse(rows)) {
    const had = lines.get(id) ?? new Map<string, Line>();
    had.set(lineKey(line, direction), { line, direction, memory: layers });
    lines.set(id, had);
  }
  const states = await client.query(
    `select institution_id as id, state, layers, cause, date_part('epoch', last_transaction_at) * 1000 as "lastMs" from institution_state`,
  );
  const known = z.array(StateRow).parse(states.rows);
  const incidents = await client.query(
    `select i.id::text as id, i.scope, i.line, i.state, date_part('epoch', i.opened_at) * 1000 as "openedMs",
       coalesce(array_agg(m.institution_id) filter (where m.to_at is null and m.institution_id is not null), '{}') as members
     from incident i
     left join incident_member m on m.incident_id = i.id
     where i.closed_at is null
     group by i.id`,
  );
  const judged = await client.query<{ at: string }>(`select value ->> 'at' as at from setting where name = 'connectivity.judged'`);
  return {
    lines,
    lastPaymentMs: new Map(known.flatMap(({ id, lastMs }) => (lastMs === null ? [] : [[id, lastMs] as const]))),
    standings: new Map(
      known.map(({ id, state, layers, cause }) => [
        id,
        { state: stateName(state), cause: (cause ?? null) as Cause | null, said: JSON.stringify([layers, cause ?? null]) },
      ]),
    ),
    incidents: z.array(IncidentRow).parse(incidents.rows),
    judgedMs: judged.rows[0] ? Date.parse(judged.rows[0].at) : null,
    stirred: true,
  };
}

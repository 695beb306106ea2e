import type { ClientBase } from 'pg';
import { incidentsOf, type LineFault, type Trouble } from '@/domain/connectivity/incidents';
import { type InstitutionVerdict, institutionVerdict, type LineSaid } from '@/domain/connectivity/institution-verdict';
import { LINE_FORGOTTEN_MS, lineVerdict } from '@/domain/connectivity/line-health';
import { quietSpell } from '@/domain/connectivity/silence';
import type { InstitutionStateName } from '@/domain/overview/institution-state';
import type { ConnectivityMemory } from './connectivity-memory';
import type { PlannedWindows } from './planned-windows';
import type { TrafficBaseline } from './traffic-baseline';
import { writeIncidents } from './write-incidents';
import { type Judged, writeStates } from './write-states';

/** A monitor that judged nobody for longer knows nothing of what was between. */
export const UNJUDGED_MS = 60_000;

export type StateChange = { readonly id: number; readonly from: InstitutionStateName; readonly to: InstitutionStateName };

/**
 * Judges every institution as of `nowMs`, writes what changed (state, history, incidents) in one transaction, and returns the
 * institutions whose state changed. The client must be in no transaction.
 */
export async function judgeInstitutions(
  client: ClientBase,
  of: { memory: ConnectivityMemory; baseline: TrafficBaseline; windows: PlannedWindows; nowMs: number },
): Promise<readonly StateChange[]> {
  const { memory, baseline, windows, nowMs } = of;
  const users = new Map<string, number>();
  const judged: (Judged & { lines: readonly LineSaid[] })[] = [];
  for (const id of new Set([...memory.standings.keys(), ...memory.lines.keys(), ...memory.lastPaymentMs.keys()])) {
    const lines = linesOf(memory, windows, id, nowMs);
    for (const line of new Set(lines.map((one) => one.line))) users.set(line, (users.get(line) ?? 0) + 1);
    const verdict = institutionVerdict({
      lines,
      planned: windows.ofInstitution(id),
      quiet: quietSpell({
        nowMs: Math.min(nowMs, baseline.dataMs ?? nowMs),
        lastPaymentMs: memory.lastPaymentMs.get(id) ?? null,
        perHour: baseline.perHour.get(id) ?? null,
      }),
    });
    judged.push({ id, verdict, lines, before: memory.standings.get(id) ?? null });
  }
  const gapFromMs = memory.judgedMs !== null && nowMs - memory.judgedMs > UNJUDGED_MS ? memory.judgedMs : null;
  const troubles = judged.flatMap(({ id, verdict, lines }) => troubleOf(id, verdict, lines, nowMs));
  const stateOf = new Map(judged.map(({ id, verdict }) => [id, verdict.state]));
  await client.query('begin');
  try {
    await writeStates(client, { judged, gapFromMs, nowMs });
    const incidents = await writeIncidents(client, {
      planned: incidentsOf({ troubles, users, open: memory.incidents }),
      open: memory.incidents,
      // An institution that nobody hears of any more has not recovered.
      stillOpen: ({ members }) => members.length > 0 && members.every((id) => stateOf.get(id) === 'unknown'),
      nowMs,
    });
    await client.query(
      `insert into setting (name, value) values ('connectivity.judged', jsonb_build_object('at', $1::text))
       on conflict (name) do update set value = excluded.value, changed_at = now()`,
      [new Date(nowMs).toISOString()],
    );
    await client.query('commit');
    memory.incidents = incidents;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
  memory.judgedMs = nowMs;
  memory.stirred = false;
  const changes: StateChange[] = [];
  for (const { id, verdict, before } of judged) {
    memory.standings.set(id, { state: verdict.state, cause: verdict.cause, said: saidOf(verdict) });
    if (before?.state !== verdict.state) changes.push({ id, from: before?.state ?? 'unknown', to: verdict.state });
  }
  return changes;
}

export function saidOf({ layers, cause }: InstitutionVerdict): string {
  return JSON.stringify([layers, cause]);
}

function linesOf(memory: ConnectivityMemory, windows: PlannedWindows, id: number, nowMs: number): LineSaid[] {
  const lines: LineSaid[] = [];
  for (const { line, direction, memory: known } of memory.lines.get(id)?.values() ?? []) {
    const newestMs = Math.max(...Object.values(known).map(({ atMs }) => atMs));
    if (nowMs - newestMs > LINE_FORGOTTEN_MS) continue;
    lines.push({ line, direction, verdict: lineVerdict(known, { nowMs, planned: windows.ofLine(id, line) }) });
  }
  return lines;
}

function troubleOf(institutionId: number, verdict: InstitutionVerdict, lines: readonly LineSaid[], nowMs: number): Trouble[] {
  const { state, cause } = verdict;
  if (state !== 'down' && state !== 'degraded' && state !== 'silent') return [];
  const faults = lines.flatMap(({ line, direction, verdict: { state: lineState, cause: layer, sinceMs } }): LineFault[] =>
    (lineState === 'down' || lineState === 'degraded') && layer !== null ? [{ line, direction, layer, sinceMs: sinceMs ?? nowMs }] : [],
  );
  const sinceMs = state === 'silent' ? nowMs - (cause?.quietMs ?? 0) : Math.min(nowMs, ...faults.map((fault) => fault.sinceMs));
  return [{ institutionId, state, sinceMs, cause, faults: state === 'silent' ? [] : faults }];
}

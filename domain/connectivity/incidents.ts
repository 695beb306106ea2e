import type { HeartbeatLayer } from '../clearing/transaction';
import type { InstitutionStateName } from '../overview/institution-state';
import type { Cause } from './institution-verdict';
import type { LineDirection } from './line-health';

// Many institutions share a data centre: when it fails they fail together, and that is one incident, not forty.

/** An institution that is not well, and the lines of it that are at fault. */
export type Trouble = {
  readonly institutionId: number;
  readonly state: Extract<InstitutionStateName, 'down' | 'degraded' | 'silent'>;
  readonly sinceMs: number;
  readonly cause: Cause | null;
  readonly faults: readonly LineFault[];
};
export type LineFault = {
  readonly line: string;
  readonly direction: LineDirection;
  readonly layer: HeartbeatLayer;
  readonly sinceMs: number;
};

export type OpenIncident = {
  readonly id: string;
  readonly scope: 'line' | 'institution';
  readonly line: string | null;
  readonly openedMs: number;
  readonly members: readonly number[];
};

export type PlannedIncident = {
  readonly scope: 'line' | 'institution';
  readonly line: string | null;
  readonly direction: LineDirection | null;
  readonly layer: HeartbeatLayer | null;
  readonly state: Trouble['state'];
  readonly detail: string | null;
  readonly sinceMs: number;
  readonly members: readonly { readonly institutionId: number; readonly state: Trouble['state']; readonly sinceMs: number }[];
  /** The open incident that this one goes on with; null for a new one. */
  readonly continues: string | null;
  /** Open incidents that turned out to be part of this one. */
  readonly absorbs: readonly string[];
};

/** Lines that began to fail within so long of one another fail for one reason. */
export const TOGETHER_MS = 300_000;
/** One line is the reason when so many institutions, and so large a share of those that use it, lose it together. */
export const TOGETHER_LEAST = 3;
export const TOGETHER_SHARE = 0.3;

/**
 * What is going on, as incidents. `users` says how many institutions use a line. Whoever is at fault only on a line that failed for
 * everybody belongs to that line's incident; everybody else has one of their own. Open incidents not continued by the answer are over.
 */
export function incidentsOf(now: {
  readonly troubles: readonly Trouble[];
  readonly users: ReadonlyMap<string, number>;
  readonly open: readonly OpenIncident[];
}): readonly PlannedIncident[] {
  const planned: PlannedIncident[] = [];
  const placed = new Set<number>();
  for (const line of sharedLines(now)) {
    const members = now.troubles.filter((trouble) => !placed.has(trouble.institutionId) && explainedBy(trouble, line.name));
    const before = now.open.find((incident) => incident.scope === 'line' && incident.line === line.name);
    if (members.length === 0) continue;
    for (const { institutionId } of members) placed.add(institutionId);
    const fault = lowest(members.flatMap(({ faults }) => faults.filter((one) => one.line === line.name)));
    planned.push({
      scope: 'line',
      line: line.name,
      direction: fault?.direction ?? null,
      layer: fault?.layer ?? null,
      state: members.some(({ state }) => state === 'down') ? 'down' : 'degraded',
      detail: members.find(({ cause }) => cause?.detail)?.cause?.detail ?? null,
      sinceMs: Math.min(...members.map(({ sinceMs }) => sinceMs)),
      members: members.map(({ institutionId, state, sinceMs }) => ({ institutionId, state, sinceMs })),
      continues: before?.id ?? null,
      absorbs: now.open
        .filter(
          (one) => one.scope === 'institution' && one.members.every((id) => members.some(({ institutionId }) => institutionId === id)),
        )
        .map(({ id }) => id),
    });
  }
  for (const trouble of now.troubles) {
    const { institutionId, state, sinceMs, cause } = trouble;
    if (placed.has(institutionId)) continue;
    planned.push({
      scope: 'institution',
      line: null,
      direction: cause?.direction ?? null,
      layer: cause?.layer ?? null,
      state,
      detail: cause?.detail ?? null,
      sinceMs,
      members: [{ institutionId, state, sinceMs }],
      continues: now.open.find((one) => one.scope === 'institution' && one.members.includes(institutionId))?.id ?? null,
      absorbs: [],
    });
  }
  return planned;
}

/** Lines that failed for many of their users at about the same time, the one with most members first. */
function sharedLines(now: { troubles: readonly Trouble[]; users: ReadonlyMap<string, number>; open: readonly OpenIncident[] }) {
  const began = new Map<string, number[]>();
  for (const { faults } of now.troubles)
    for (const [line, sinceMs] of earliestByLine(faults)) {
      const had = began.get(line);
      if (had) had.push(sinceMs);
      else began.set(line, [sinceMs]);
    }
  return [...began]
    .map(([name, since]) => ({ name, together: mostWithin(since, TOGETHER_MS), failing: since.length }))
    .filter(({ name, together, failing }) => {
      const least = Math.max(TOGETHER_LEAST, TOGETHER_SHARE * (now.users.get(name) ?? 0));
      // Once it is one incident it stays one until hardly anybody is left in it.
      const open = now.open.some((one) => one.scope === 'line' && one.line === name);
      return together >= least || (open && failing >= TOGETHER_LEAST);
    })
    .sort((a, b) => b.failing - a.failing || (a.name < b.name ? -1 : 1));
}

function explainedBy(trouble: Trouble, line: string): boolean {
  return trouble.state !== 'silent' && trouble.faults.length > 0 && trouble.faults.every((fault) => fault.line === line);
}

function earliestByLine(faults: readonly LineFault[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { line, sinceMs } of faults) earliest.set(line, Math.min(earliest.get(line) ?? sinceMs, sinceMs));
  return earliest;
}

/** How many of the moments lie within one span of the given length, at most. */
function mostWithin(moments: readonly number[], spanMs: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((at, i) => {
    while (at - (sorted[first] as number) > spanMs) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}

const LAYER_ORDER: readonly HeartbeatLayer[] = ['network', 'tls', 'mtls', 'signature', 'application'];

/** The layer that most of the line's failures begin at. */
function lowest(faults: readonly LineFault[]): LineFault | undefined {
  const count = (layer: HeartbeatLayer) => faults.filter((one) => one.layer === layer).length;
  return [...faults].sort((a, b) => count(b.layer) - count(a.layer) || LAYER_ORDER.indexOf(a.layer) - LAYER_ORDER.indexOf(b.layer))[0];
}

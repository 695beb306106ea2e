import { HEARTBEAT_LAYERS, type HeartbeatLayer } from '../clearing/transaction';
import { INSTITUTION_STATES, type InstitutionStateName } from '../overview/institution-state';
import { LINE_DIRECTIONS, type LineDirection, type LineVerdict } from './line-health';
import { isSilent, type QuietSpell } from './silence';

export type LineSaid = { readonly line: string; readonly direction: LineDirection; readonly verdict: LineVerdict };

/** Why an institution is not well: the line, direction and lowest layer at fault, or how long its traffic has been gone. */
export type Cause = {
  /** Null where every line of the direction is at fault. */
  readonly line: string | null;
  readonly direction: LineDirection | null;
  readonly layer: HeartbeatLayer | null;
  readonly detail: string | null;
  /** Payments that would have been expected in the quiet. */
  readonly expected?: number;
  readonly quietMs?: number;
};

export type InstitutionVerdict = {
  readonly state: InstitutionStateName;
  readonly cause: Cause | null;
  /** Each layer over all lines and directions: what a board has room for. */
  readonly layers: Readonly<Partial<Record<HeartbeatLayer, InstitutionStateName>>>;
};

const WORST: readonly InstitutionStateName[] = ['down', 'degraded', 'planned', 'unknown', 'up'];

/**
 * The state of a whole institution. A direction is down when none of its lines works, and degraded when some do; the institution is as its
 * worse direction. Silence is claimed only while the lines answer, and a stop that was announced is never an outage.
 */
export function institutionVerdict(of: {
  readonly lines: readonly LineSaid[];
  /** An announced stop of the whole institution is in force. */
  readonly planned: boolean;
  readonly quiet: QuietSpell | null;
}): InstitutionVerdict {
  const layers = boardLayers(of.lines);
  const directions = LINE_DIRECTIONS.flatMap((direction) => {
    const lines = of.lines.filter((one) => one.direction === direction);
    return lines.length === 0 ? [] : [directionVerdict(direction, lines)];
  });
  const worst = WORST.flatMap((state) => directions.filter((one) => one.state === state))[0];
  if (!worst) return { state: 'unknown', cause: null, layers };
  const known = directions.filter(({ state }) => state !== 'unknown');
  if (known.length === 0) return { state: 'unknown', cause: null, layers };
  if (of.planned && worst.state !== 'up') return { state: 'planned', cause: worst.cause, layers: allPlanned(layers) };
  if (worst.state === 'down' || worst.state === 'planned') return { state: worst.state, cause: worst.cause, layers };
  if (of.quiet && isSilent(of.quiet)) {
    if (of.planned) return { state: 'planned', cause: null, layers };
    const { expected, quietMs } = of.quiet;
    const cause: Cause = { line: null, direction: null, layer: null, detail: null, expected, quietMs };
    return { state: 'silent', cause, layers: { ...layers, application: 'silent' } };
  }
  // A direction that fell silent while the other answers is not known to be well.
  if (known.length < directions.length && worst.state !== 'degraded') {
    const lost = directions.find(({ state }) => state === 'unknown');
    return { state: 'degraded', cause: lost?.cause ?? null, layers };
  }
  return { state: worst.state, cause: worst.state === 'up' ? null : worst.cause, layers };
}

function directionVerdict(direction: LineDirection, lines: readonly LineSaid[]): { state: InstitutionStateName; cause: Cause } {
  const of = (state: string) => lines.filter(({ verdict }) => verdict.state === state);
  const [down, up, planned, unknown] = [of('down'), of('up'), of('planned'), of('unknown')];
  const at = (faulty: readonly LineSaid[]): Cause => {
    const lowest = [...faulty].sort((a, b) => depth(a.verdict.cause) - depth(b.verdict.cause))[0];
    return {
      line: faulty.length === lines.length && lines.length > 1 ? null : (lowest?.line ?? null),
      direction,
      layer: lowest?.verdict.cause ?? null,
      detail: lowest?.verdict.detail ?? null,
    };
  };
  if (up.length === lines.length) return { state: 'up', cause: at([]) };
  if (unknown.length === lines.length) return { state: 'unknown', cause: at(unknown) };
  // A line that says nothing is no proof that somebody can still be reached.
  if (down.length > 0 && down.length + unknown.length === lines.length) return { state: 'down', cause: at(down) };
  if (planned.length > 0 && planned.length + down.length + unknown.length === lines.length) return { state: 'planned', cause: at(planned) };
  const faulty = [...down, ...of('degraded')];
  if (faulty.length > 0) return { state: 'degraded', cause: at(faulty) };
  // Of several lines one is stopped as announced, or not heard of: the others carry the traffic.
  return planned.length > 0 && unknown.length === 0 ? { state: 'up', cause: at([]) } : { state: 'degraded', cause: at(unknown) };
}

/** A layer is as its worse direction, as the institution is: while another line of the same direction answers it is degraded, not down. */
function boardLayers(lines: readonly LineSaid[]): Partial<Record<HeartbeatLayer, InstitutionStateName>> {
  const layers: Partial<Record<HeartbeatLayer, InstitutionStateName>> = {};
  for (const layer of HEARTBEAT_LAYERS) {
    const states = LINE_DIRECTIONS.flatMap((direction) => {
      const said = lines.flatMap((one) => (one.direction === direction ? (one.verdict.layers[layer]?.state ?? []) : []));
      const worst = WORST.find((state) => said.some((one) => one === state));
      return worst === undefined ? [] : [worst === 'down' && said.includes('up') ? 'degraded' : worst];
    });
    const worst = WORST.find((state) => states.includes(state));
    if (worst !== undefined) layers[layer] = worst;
  }
  return layers;
}

function allPlanned(layers: InstitutionVerdict['layers']): InstitutionVerdict['layers'] {
  return Object.fromEntries(
    Object.entries(layers).map(([layer, state]) => [layer, state === 'down' || state === 'degraded' ? 'planned' : state]),
  );
}

function depth(layer: HeartbeatLayer | null): number {
  return layer === null ? HEARTBEAT_LAYERS.length : HEARTBEAT_LAYERS.indexOf(layer);
}

/** The order of boards: worst first. */
export function stateRank(state: InstitutionStateName): number {
  return INSTITUTION_STATES.indexOf(state);
}

import { certificateAt, type SimulatedCertificate } from './certificates';
import type { Heartbeat } from './feed-lines';
import type { Law } from './law';
import { type DataCentre, DIRECTIONS, type Direction, linesOf } from './lines';
import { Random } from './random';
import { type Disturbance, LAYERS } from './scenarios/scenario';
import { STREAM } from './streams';

const LAYER_MS = { network: 3, tls: 11, mtls: 16, signature: 5, application: 42 } as const;
/** An institution is probed closely while something is wrong with it and for so long after. */
const CLOSELY_AFTER_SECONDS = 300;
/** Everybody is probed each so many rounds, and every layer of everybody each so many times that. */
const EVERYBODY_EACH = 6;
const EVERY_LAYER_EACH = 5;
const random = new Random();

/**
 * What the clearing institution's prober measures in the round of an epoch second, for each line in both directions. Rounds are `step`
 * seconds apart. Whoever is in trouble is probed in every round, and everybody else in every sixth: then the highest layer alone is asked,
 * which answers for those beneath it. `everybody` asks for everything.
 */
export function* heartbeatsAt(law: Law, second: number, { step, everybody }: { step: number; everybody: boolean }): Generator<Heartbeat> {
  const round = Math.floor(second / step);
  const all = everybody || round % EVERYBODY_EACH === 0;
  const everyLayer = everybody || round % (EVERYBODY_EACH * EVERY_LAYER_EACH) === 0;
  const before = law.disturbances.at(second - CLOSELY_AFTER_SECONDS);
  const disturbed = law.disturbances.at(second);
  for (const [index, institution] of law.institutions.entries()) {
    if (institution.kind === 'clearing') continue;
    const trouble = disturbed.get(institution.code);
    const closely = trouble !== undefined || before.has(institution.code);
    if (!all && !closely) continue;
    random.at(law.seed, STREAM.heartbeat, second, index);
    const sentMs = second * 1000 + random.below(400);
    for (const line of linesOf(institution, index))
      for (const direction of DIRECTIONS) {
        const expired = certificateAt({ seed: law.seed, institution, index, line, party: 'client', second }).notAfter <= second;
        const broken = expired && direction === 'inbound' ? EXPIRED : failing(trouble, { line, direction, round });
        const brokenFrom = broken ? LAYERS.indexOf(broken.layer) : LAYERS.length;
        for (const [depth, layer] of LAYERS.entries()) {
          if (!everyLayer && !closely && !expired && layer !== 'application') continue;
          const ok = depth < brokenFrom;
          const latency = Math.max(1, Math.round(random.logNormal(LAYER_MS[layer], 0.35) * (trouble?.latencyFactor ?? 1)));
          yield {
            institution: institution.code,
            line,
            direction,
            layer,
            sentMs,
            ok,
            latencyMs: ok ? latency : undefined,
            detail: ok ? undefined : broken?.detail,
            certificate: everyLayer ? certificateOf(layer, direction, { seed: law.seed, institution, index, line, second }) : undefined,
          };
        }
      }
  }
}

const EXPIRED = { layer: 'mtls', detail: 'client certificate expired' } as const;

/** The layer from which this line in this direction does not answer in this round, and what the prober writes beside it. */
function failing(
  trouble: Disturbance | undefined,
  at: { line: DataCentre; direction: Direction; round: number },
): { layer: (typeof LAYERS)[number]; detail: string | undefined } | undefined {
  if (trouble?.brokenFrom === undefined) return undefined;
  if (trouble.line !== undefined && trouble.line !== at.line) return undefined;
  if (trouble.direction !== undefined && trouble.direction !== at.direction) return undefined;
  // Two failures in any five rounds, never three answers in a row: a line that is neither up nor down.
  if (trouble.flapping && at.round % 5 !== 0 && at.round % 5 !== 2) return undefined;
  return { layer: trouble.brokenFrom, detail: trouble.detail };
}

/** The server's certificate is met where it is reached, the client's where it calls. */
function certificateOf(
  layer: (typeof LAYERS)[number],
  direction: Direction,
  of: Omit<Parameters<typeof certificateAt>[0], 'party'>,
): SimulatedCertificate | undefined {
  if (direction === 'outbound' && layer === 'tls') return certificateAt({ ...of, party: 'server' });
  return direction === 'inbound' && layer === 'mtls' ? certificateAt({ ...of, party: 'client' }) : undefined;
}

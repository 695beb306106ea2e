import type { Heartbeat } from './feed-lines';
import type { Law } from './law';
import { Random } from './random';
import { LAYERS } from './scenarios/scenario';
import { STREAM } from './streams';

const LAYER_MS = { network: 3, tls: 11, mtls: 16, signature: 5, application: 42 } as const;
/** An institution is probed closely while something is wrong with it and for so long after. */
const CLOSELY_AFTER_SECONDS = 300;
/** Everybody is probed each so many rounds. */
const EVERYBODY_EACH = 6;
const random = new Random();

/**
 * What the clearing institution's prober measures in the round of an epoch second, five layers an institution. Rounds are `step` seconds
 * apart. Whoever is in trouble is probed in every round, and everybody else in every sixth, unless `everybody` asks for all.
 */
export function* heartbeatsAt(law: Law, second: number, { step, everybody }: { step: number; everybody: boolean }): Generator<Heartbeat> {
  const round = Math.floor(second / step);
  const all = everybody || round % EVERYBODY_EACH === 0;
  const before = law.disturbances.at(second - CLOSELY_AFTER_SECONDS);
  const disturbed = law.disturbances.at(second);
  for (const [index, institution] of law.institutions.entries()) {
    if (institution.kind === 'clearing') continue;
    const trouble = disturbed.get(institution.code);
    if (!all && trouble === undefined && !before.has(institution.code)) continue;
    random.at(law.seed, STREAM.heartbeat, second, index);
    const sentMs = second * 1000 + random.below(400);
    // Two failures in any five rounds, never three answers in a row: a line that is neither up nor down.
    const fails = trouble?.brokenFrom !== undefined && (!trouble.flapping || round % 5 === 0 || round % 5 === 2);
    const brokenFrom = fails ? LAYERS.indexOf(trouble?.brokenFrom as (typeof LAYERS)[number]) : LAYERS.length;
    for (const [depth, layer] of LAYERS.entries()) {
      const ok = depth < brokenFrom;
      const latency = Math.max(1, Math.round(random.logNormal(LAYER_MS[layer], 0.35) * (trouble?.latencyFactor ?? 1)));
      yield {
        institution: institution.code,
        layer,
        sentMs,
        ok,
        latencyMs: ok ? latency : undefined,
        detail: ok ? undefined : trouble?.detail,
      };
    }
  }
}

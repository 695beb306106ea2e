import type { Heartbeat } from './feed-lines';
import type { Law } from './law';
import { Random } from './random';
import { LAYERS } from './scenarios/scenario';
import { STREAM } from './streams';

const LAYER_MS = { network: 3, tls: 11, mtls: 16, signature: 5, application: 42 } as const;
const random = new Random();

/** What the clearing institution's prober measures at every institution in the round of an epoch second: five layers each. */
export function* heartbeatsAt(law: Law, second: number): Generator<Heartbeat> {
  const disturbed = law.disturbances.at(second);
  for (const [index, institution] of law.institutions.entries()) {
    if (institution.kind === 'clearing') continue;
    const trouble = disturbed.get(institution.code);
    random.at(law.seed, STREAM.heartbeat, second, index);
    const sentMs = second * 1000 + random.below(400);
    const broken = trouble?.brokenFrom !== undefined && random.unit() < trouble.heartbeatFailShare;
    const brokenFrom = broken ? LAYERS.indexOf(trouble?.brokenFrom as (typeof LAYERS)[number]) : LAYERS.length;
    for (const [depth, layer] of LAYERS.entries()) {
      const ok = depth < brokenFrom;
      const latency = Math.max(1, Math.round(random.logNormal(LAYER_MS[layer], 0.35) * (trouble?.latencyFactor ?? 1)));
      yield {
        institution: institution.code,
        layer,
        sentMs,
        ok,
        latencyMs: ok ? latency : undefined,
        detail: ok ? undefined : depth === brokenFrom ? trouble?.detail : `${LAYERS[brokenFrom]} below failed`,
      };
    }
  }
}

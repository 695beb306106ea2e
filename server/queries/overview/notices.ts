import 'server-only';
import * as z from 'zod';
import { type InstitutionStateName, stateName } from '@/domain/overview/institution-state';
import type { Notice } from '@/domain/overview/notices';
import { latestNotices } from '@/domain/overview/notices';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const StateRow = z.object({ institutionId: z.int(), state: z.string(), since: z.date(), layers: z.record(z.string(), z.unknown()) });
const CheckRow = z.object({
  tier: z.string(),
  finishedAt: z.date(),
  buckets: z.int(),
  rawCount: z.coerce.bigint(),
  rollupCount: z.coerce.bigint(),
  mismatches: z.int(),
});
const BurstRow = z.object({ institutionId: z.int().nullable(), reason: z.string(), lines: z.int(), lastAt: z.date() });

/**
 * What happened lately that somebody should know: changes of institutions' states, reconciliations of each tier, and lines quarantined
 * in the last day by institution and reason. Newest of the worst first, `limit` of `total`.
 */
export async function notices(
  actor: Actor,
  { asOf, limit }: { asOf: Date; limit: number },
): Promise<{ notices: Notice[]; total: number; mismatches: number }> {
  requireWholePlatform(actor);
  const dayAgo = new Date(asOf.getTime() - 86_400_000);
  const [states, checks, bursts] = await Promise.all([
    database().$queryRaw`
      select s.institution_id as "institutionId", s.state, s.since, s.layers
      from institution_state s
      join institution i on i.id = s.institution_id
      where i.status = 'live'
        and s.state <> 'up'
      order by s.since desc`,
    database().$queryRaw`
      select distinct on (tier) tier, finished_at as "finishedAt", buckets, raw_count::text as "rawCount", rollup_count::text as "rollupCount",
        jsonb_array_length(mismatches) as mismatches
      from reconciliation
      order by tier, finished_at desc`,
    database().$queryRaw`
      select institution_id as "institutionId", reason, count(*)::int as lines, max(received_at) as "lastAt"
      from quarantined_line
      where received_at >= ${dayAgo}
      group by 1, 2
      order by lines desc
      limit 50`,
  ]);
  const checked = z.array(CheckRow).parse(checks);
  const all = latestNotices({
    states: z
      .array(StateRow)
      .parse(states)
      .map((row) => ({ ...row, state: stateName(row.state), worstLayer: worstLayer(row.layers) })),
    checks: checked,
    bursts: z.array(BurstRow).parse(bursts),
  });
  return { notices: all.slice(0, limit), total: all.length, mismatches: checked.reduce((sum, check) => sum + check.mismatches, 0) };
}

/** The first layer, from the wire upwards, that is not well. */
function worstLayer(layers: Record<string, unknown>): string | null {
  const broken = (said: unknown) => {
    const name: InstitutionStateName = stateName(typeof said === 'string' ? said : ((said as { state?: string } | null)?.state ?? null));
    return name === 'down' || name === 'degraded' || name === 'silent';
  };
  return ['network', 'tls', 'mtls', 'signature', 'application'].find((layer) => layer in layers && broken(layers[layer])) ?? null;
}

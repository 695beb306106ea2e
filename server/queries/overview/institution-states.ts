import 'server-only';
import * as z from 'zod';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import { type InstitutionStateName, stateName } from '@/domain/overview/institution-state';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type InstitutionNow = {
  readonly id: number;
  readonly code: string;
  readonly kind: 'bank' | 'payment' | 'external';
  readonly category: string;
  readonly name: string;
  readonly short: string;
  readonly pinyin: string;
  readonly state: InstitutionStateName;
  readonly layers: Readonly<Partial<Record<(typeof HEARTBEAT_LAYERS)[number], InstitutionStateName>>>;
  /** Since when, or null where the monitor has not yet said anything about it. */
  readonly since: Date | null;
};

const Row = z.object({
  id: z.int(),
  code: z.string(),
  kind: z.enum(['bank', 'payment', 'external']),
  category: z.string(),
  name: z.string(),
  short: z.string(),
  pinyin: z.string(),
  state: z.string().nullable(),
  layers: z.record(z.string(), z.unknown()).nullable(),
  since: z.date().nullable(),
});

/**
 * Whoever pays or is paid over the platform, each with its last known state, in a fixed order: by category, then by number. One that
 * is only registered, as from an imported file, sends no heartbeats: it stands here as unknown until the monitor speaks of it.
 */
export async function institutionStates(actor: Actor, { locale }: { locale: string }): Promise<InstitutionNow[]> {
  const chinese = locale.startsWith('zh');
  const rows = await database().$queryRaw`
    select i.id, i.code, i.kind::text as kind, i.category::text as category,
      case when ${chinese} then i.name_zh else i.name_en end as name,
      case when ${chinese} then i.short_zh else i.short_en end as short,
      i.pinyin_initials as pinyin, s.state, s.layers, s.since
    from institution i
    left join institution_state s on s.institution_id = i.id
    where i.kind in ('bank', 'payment', 'external')
      and i.status in ('live', 'registered')
      and (${actor.institutionId}::int is null or i.id = ${actor.institutionId}::int)
    order by i.category, i.id`;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({ ...row, state: stateName(row.state), layers: layersOf(row.layers ?? {}) }));
}

function layersOf(layers: Record<string, unknown>): InstitutionNow['layers'] {
  return Object.fromEntries(
    HEARTBEAT_LAYERS.flatMap((layer) => {
      const said = layers[layer];
      const name = typeof said === 'string' ? said : said && typeof said === 'object' && 'state' in said ? String(said.state) : undefined;
      return name === undefined ? [] : [[layer, stateName(name)]];
    }),
  );
}

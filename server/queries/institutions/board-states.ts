import 'server-only';
import * as z from 'zod';
import { stateName } from '@/domain/overview/institution-state';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type InstitutionNow, institutionStates } from '../overview/institution-states';
import { keptAnswer } from './kept-answer';

const Row = z.object({ id: z.int(), state: z.string(), layers: z.record(z.string(), z.string()), since: z.date() });

/**
 * Everybody with the state of this very moment. Names and who there is may be some seconds old; of the states only those that are not well
 * are read in full, which is what makes it cheap for thousands.
 */
export async function boardStates(actor: Actor, { locale }: { locale: string }): Promise<InstitutionNow[]> {
  const own = actor.institutionId;
  const [known, abnormal, well] = await Promise.all([
    keptAnswer(['states', own, locale].join(), () => institutionStates(actor, { locale }), { freshMs: 3_000, keptMs: 20_000 }),
    database().$queryRaw`
      select institution_id as id, state, layers, since
      from institution_state
      where state <> 'up'
        and (${own}::int is null or institution_id = ${own}::int)`,
    database().$queryRaw<{ ids: number[] | null }[]>`
      select array_agg(institution_id) as ids
      from institution_state
      where state = 'up'
        and (${own}::int is null or institution_id = ${own}::int)`,
  ]);
  const now = new Map(
    z
      .array(Row)
      .parse(abnormal)
      .map((row) => [row.id, row]),
  );
  const up = new Set(well[0]?.ids ?? []);
  return known.map((one): InstitutionNow => {
    const row = now.get(one.id);
    if (row) {
      const layers = Object.fromEntries(Object.entries(row.layers).map(([layer, state]) => [layer, stateName(state)]));
      return { ...one, state: stateName(row.state), layers, since: row.since };
    }
    if (!up.has(one.id) || one.state === 'up') return one;
    return { ...one, state: 'up', layers: Object.fromEntries(Object.keys(one.layers).map((layer) => [layer, 'up' as const])) };
  });
}

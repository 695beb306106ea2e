import type { ClientBase } from 'pg';
import * as z from 'zod';
import { institutionState, Layers, layersAt } from '@/domain/clearing/connectivity';
import { WATERMARK } from '../follow';

const Row = z.object({
  id: z.int(),
  state: z.string(),
  layers: Layers,
  quietMs: z.number().nullable(),
  paymentsPerHour: z.number().nullable(),
});

/** Longer quiet adds nothing to the judgement, and its baseline would be of other hours. */
const QUIET_MAX_MS = 2 * 3_600_000;

/**
 * Judges every institution's state as of `nowMs` and stores what changed, with since when. Returns the institutions whose state changed.
 *
 * Quiet is measured up to the platform's newest payment, so that a platform at rest makes nobody silent. The expected rate is the smaller
 * of the two hours around this moment a week ago, or a day ago where the week before is not known.
 */
export async function judgeInstitutions(client: ClientBase, nowMs: number): Promise<readonly { id: number; from: string; to: string }[]> {
  const { rows } = await client.query(
    `with watermark as (
       select data_at from monitor_watermark where name = $2
     ),
     past as (
       select institution_id, hour, sum(succeeded + declined + failed + unknown)::double precision as payments
       from institution_hour
       where hour = any(array[
         date_trunc('hour', $1::timestamptz - interval '7 days', 'UTC'),
         date_trunc('hour', $1::timestamptz - interval '7 days', 'UTC') + interval '1 hour',
         date_trunc('hour', $1::timestamptz - interval '1 day', 'UTC'),
         date_trunc('hour', $1::timestamptz - interval '1 day', 'UTC') + interval '1 hour'
       ])
       group by institution_id, hour
     ),
     rate as (
       select institution_id,
         case when count(*) filter (where hour < $1::timestamptz - interval '3 days') = 2
              then min(payments) filter (where hour < $1::timestamptz - interval '3 days')
              when not exists (select from past as p where p.hour < $1::timestamptz - interval '3 days')
                and count(*) filter (where hour >= $1::timestamptz - interval '3 days') = 2
              then min(payments) filter (where hour >= $1::timestamptz - interval '3 days')
         end as payments_per_hour
       from past
       group by institution_id
     )
     select s.institution_id as id, s.state, s.layers,
       date_part('epoch', (select data_at from watermark) - s.last_transaction_at) * 1000 as "quietMs",
       rate.payments_per_hour as "paymentsPerHour"
     from institution_state s
     left join rate on rate.institution_id = s.institution_id
     order by s.institution_id`,
    [new Date(nowMs), WATERMARK],
  );
  const judged = z
    .array(Row)
    .parse(rows)
    .map((row) => {
      const layers = layersAt(row.layers, nowMs);
      const expectedSinceLast =
        row.quietMs === null || row.paymentsPerHour === null
          ? null
          : (Math.min(Math.max(row.quietMs, 0), QUIET_MAX_MS) * row.paymentsPerHour) / 3_600_000;
      return { ...row, layers, was: row.layers, to: institutionState({ layers, expectedSinceLast }) };
    });
  const changed = judged.filter(({ state, to, layers, was }) => state !== to || layerStates(layers) !== layerStates(was));
  if (changed.length > 0)
    await client.query(
      `update institution_state s
       set since = case when s.state = d.state then s.since else $4 end, state = d.state, layers = d.layers
       from unnest($1::integer[], $2::text[], $3::jsonb[]) as d (institution_id, state, layers)
       where s.institution_id = d.institution_id`,
      [changed.map(({ id }) => id), changed.map(({ to }) => to), changed.map(({ layers }) => JSON.stringify(layers)), new Date(nowMs)],
    );
  return changed.filter(({ state, to }) => state !== to).map(({ id, state, to }) => ({ id, from: state, to }));
}

function layerStates(layers: Layers): string {
  return Object.entries(layers)
    .map(([name, { state }]) => `${name}=${state}`)
    .join();
}

import type { ClientBase } from 'pg';
import type { LegDelta, Rollup, RollupDelta, Tier } from '@/domain/clearing/rollup';
import { TIERS } from '@/domain/clearing/rollup';
import { bucketFromNumber, TIER_TABLES } from './tier-tables';

// One statement's arrays stay below a few megabytes.
const SLICE_ROWS = 5_000;

const COLUMN_TYPES: Record<string, string> = {
  currency: 'text',
  business_type: 'business_type',
  route: 'payment_route',
  institution_id: 'integer',
  role: 'flow_role',
  payer_institution_id: 'integer',
  payee_institution_id: 'integer',
};

/** Adds everything gathered to the stored roll-ups, in the caller's transaction. */
export async function writeRollup(client: ClientBase, rollup: Rollup): Promise<void> {
  for (const tier of TIERS) await writeTier(client, tier, rollup.deltas(tier));
  await renewPairVersions(
    client,
    rollup.deltas('pair_hour').map(({ bucket }) => bucket),
  );
  await writeLegs(client, rollup.legDeltas());
}

/** Says that the pairs of these hours, counted since 1970, and of their days are no longer what they were; in the transaction that changes them. */
export async function renewPairVersions(client: ClientBase, hours: Iterable<number>): Promise<void> {
  const distinct = [...new Set(hours)];
  if (distinct.length === 0) return;
  await client.query({
    name: 'renew pair versions',
    text: `insert into pair_hour_version (hour, version)
      select to_timestamp(hour * 3600), gen_random_uuid()
      from unnest($1::bigint[]) as d (hour)
      order by d.hour
      on conflict (hour) do update set version = excluded.version`,
    values: [distinct],
  });
}

async function writeTier(client: ClientBase, tier: Tier, deltas: readonly RollupDelta[]): Promise<void> {
  const table = TIER_TABLES[tier];
  for (let start = 0; start < deltas.length; start += SLICE_ROWS) {
    const slice = deltas.slice(start, start + SLICE_ROWS);
    const numbers = (of: (delta: RollupDelta) => number | bigint) => `{${slice.map(of).join(',')}}`;
    await client.query({
      name: `write ${tier}`,
      text: STATEMENTS[tier],
      values: [
        numbers((delta) => delta.bucket),
        ...table.keys.map((_, i) => slice.map((delta) => delta.key[i])),
        numbers((delta) => delta.succeeded),
        numbers((delta) => delta.declined),
        numbers((delta) => delta.failed),
        numbers((delta) => delta.unknown),
        numbers((delta) => delta.amountMinor),
        ...(table.timed ? [slice.map((delta) => `{${delta.latency.join(',')}}`)] : []),
      ],
    });
  }
}

const STATEMENTS = Object.fromEntries(TIERS.map((tier) => [tier, upsertStatement(tier)])) as Record<Tier, string>;

// The rows go in in key order, so that neighbours land on the same page.
function upsertStatement(tier: Tier): string {
  const { table, bucket, keys, timed } = TIER_TABLES[tier];
  const sums = ['succeeded', 'declined', 'failed', 'unknown', 'amount_minor'];
  const columns = [bucket.column, ...keys, ...sums, ...(timed ? ['latency'] : [])];
  const types = ['bigint', ...keys.map((key) => COLUMN_TYPES[key]), ...sums.map(() => 'bigint'), ...(timed ? ['text'] : [])];
  return `insert into ${table} as t (${columns.join(', ')})
    select ${bucketFromNumber(bucket)}, ${[...keys, ...sums].join(', ')}${timed ? ', latency::integer[]' : ''}
    from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(', ')}) as d (${['bucket', ...columns.slice(1)].join(', ')})
    order by bucket, ${keys.join(', ')}
    on conflict (${[bucket.column, ...keys].join(', ')}) do update
    set ${sums.map((sum) => `${sum} = t.${sum} + excluded.${sum}`).join(', ')}${
      timed ? ", latency = case when excluded.latency = '{}' then t.latency else histogram_add(t.latency, excluded.latency) end" : ''
    }`;
}

async function writeLegs(client: ClientBase, deltas: readonly LegDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  await client.query({
    name: 'write leg_hour',
    text: `insert into leg_hour as t (hour, institution_id, party, legs, latency)
      select to_timestamp(hour * 3600), institution_id, party, legs, latency::integer[]
      from unnest($1::bigint[], $2::integer[], $3::leg_party[], $4::bigint[], $5::text[]) as d (hour, institution_id, party, legs, latency)
      order by d.hour, institution_id, party
      on conflict (hour, institution_id, party) do update
      set legs = t.legs + excluded.legs, latency = histogram_add(t.latency, excluded.latency)`,
    values: [
      deltas.map(({ hour }) => hour),
      deltas.map(({ institutionId }) => institutionId),
      deltas.map(({ party }) => party),
      deltas.map(({ legs }) => legs),
      deltas.map(({ latency }) => `{${latency.join(',')}}`),
    ],
  });
}

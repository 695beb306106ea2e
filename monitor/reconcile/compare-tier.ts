import type { ClientBase } from 'pg';
import type { Tier } from '@/domain/clearing/rollup';
import { bucketFromInstant, TIER_TABLES, type TierTable } from '../rollups/tier-tables';
import { isIn, type Pending } from './pending-batches';

export type Mismatch = {
  readonly key: Record<string, unknown>;
  readonly raw: Record<string, string>;
  readonly rollup: Record<string, string>;
};

/** What one currency comes to on both sides, in minor units. */
export type ComparedAmount = { readonly currency: string; readonly raw: string; readonly rollup: string };

export type Comparison = {
  readonly tier: Tier | 'leg_hour';
  readonly from: Date;
  readonly to: Date;
  readonly buckets: number;
  readonly rawCount: bigint;
  readonly rollupCount: bigint;
  readonly mismatchCount: number;
  /** The first twenty of them. */
  readonly mismatches: readonly Mismatch[];
  /** Succeeded amounts by currency; none where the tier carries no amount. */
  readonly amounts: readonly ComparedAmount[];
};

export type Span = { readonly from: Date; readonly to: Date };

const MEASURES = ['succeeded', 'declined', 'failed', 'unknown', 'amount_minor', 'timed'] as const;

/**
 * Compares one tier with what it must be the sum of: the raw rows, or the finer tier that was compared with them before.
 * Rows of batches in `pending`, and outcomes of them, are not in the roll-ups yet and are left out. The span must start and end on a
 * bucket of the tier. Reads only; the caller's transaction gives the one snapshot.
 */
export async function compareTier(client: ClientBase, tier: Tier, span: Span, pending: Pending): Promise<Comparison> {
  const table = TIER_TABLES[tier];
  const source = table.finer ? finerSums(TIER_TABLES[table.finer], table) : rawSums(table);
  const keys = [table.bucket.column, ...table.keys];
  const kept = `select ${keys.join(', ')}, succeeded, declined, failed, unknown, amount_minor::numeric, ${timedCount(table)}::numeric as timed
    from ${table.table}
    where ${rangeOf(table)}`;
  return await compare(
    client,
    { tier, span, keys, source, kept, measures: MEASURES, counts: 'succeeded + declined + failed + unknown' },
    pending,
  );
}

/** Compares the legs' tier, as compareTier does. */
export async function compareLegs(client: ClientBase, span: Span, pending: Pending): Promise<Comparison> {
  const keys = ['hour', 'institution_id', 'party'];
  const source = `select date_trunc('hour', started_at, 'UTC') as hour, institution_id, party, count(*)::numeric as legs, count(*)::numeric as timed
    from leg
    where started_at >= $1::timestamptz
      and started_at < $2::timestamptz
      and ${isIn('batch_id')}
    group by 1, 2, 3`;
  const kept = `select hour, institution_id, party, legs::numeric, (select coalesce(sum(n), 0) from unnest(latency) as n)::numeric as timed
    from leg_hour
    where hour >= $1::timestamptz
      and hour < $2::timestamptz`;
  return await compare(client, { tier: 'leg_hour', span, keys, source, kept, measures: ['legs', 'timed'], counts: 'legs' }, pending);
}

type Sides = {
  readonly tier: Comparison['tier'];
  readonly span: Span;
  readonly keys: readonly string[];
  readonly source: string;
  readonly kept: string;
  readonly measures: readonly string[];
  /** Adds up to the number of rows. */
  readonly counts: string;
};

async function compare(client: ClientBase, sides: Sides, pending: Pending): Promise<Comparison> {
  const { keys, measures } = sides;
  const key = `jsonb_build_object(${keys.map((name) => `'${name}', ${name}`).join(', ')})`;
  const side = (prefix: string) => `jsonb_build_object(${measures.map((name) => `'${name}', ${prefix}_${name}::text`).join(', ')})`;
  const amounts = measures.includes('amount_minor')
    ? `(select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'raw', raw::text, 'rollup', kept::text) order by currency), '[]')
        from (select currency, sum(raw_amount_minor) as raw, sum(kept_amount_minor) as kept from both_sides group by currency) as by_currency)`
    : "'[]'::jsonb";
  const { rows } = await client.query(
    `with raw as (${sides.source}),
     kept as (${sides.kept}),
     both_sides as materialized (
       select ${keys.join(', ')},
         ${measures.map((name) => `coalesce(raw.${name}, 0) as raw_${name}, coalesce(kept.${name}, 0) as kept_${name}`).join(', ')}
       from raw full join kept using (${keys.join(', ')})
     ),
     wrong as (
       select * from both_sides where ${measures.map((name) => `raw_${name} <> kept_${name}`).join(' or ')}
     )
     select (select count(*) from both_sides)::integer as buckets,
       (select coalesce(sum(${sides.counts}), 0)::text from raw) as "rawCount",
       (select coalesce(sum(${sides.counts}), 0)::text from kept) as "rollupCount",
       (select count(*) from wrong)::integer as "mismatchCount",
       (select coalesce(jsonb_agg(jsonb_build_object('key', ${key}, 'raw', ${side('raw')}, 'rollup', ${side('kept')})), '[]')
        from (select * from wrong order by ${keys.join(', ')} limit 20) as first_wrong) as mismatches,
       ${amounts} as amounts`,
    [sides.span.from, sides.span.to, ...(sides.source.includes('$3') ? [pending.listed, pending.newest] : [])],
  );
  const [row] = rows as [
    {
      buckets: number;
      rawCount: string;
      rollupCount: string;
      mismatchCount: number;
      mismatches: Mismatch[];
      amounts: ComparedAmount[];
    },
  ];
  return { tier: sides.tier, ...sides.span, ...row, rawCount: BigInt(row.rawCount), rollupCount: BigInt(row.rollupCount) };
}

function rangeOf({ bucket }: TierTable): string {
  if (bucket.unit !== 'day') return `${bucket.column} >= $1::timestamptz and ${bucket.column} < $2::timestamptz`;
  return `day >= ${bucketFromInstant(bucket, '$1::timestamptz')} and day < ${bucketFromInstant(bucket, '$2::timestamptz')}`;
}

function timedCount({ timed }: TierTable): string {
  return timed ? '(select coalesce(sum(n), 0) from unnest(latency) as n)' : '0';
}

function finerSums(finer: TierTable, table: TierTable): string {
  return `select ${bucketFromInstant(table.bucket, finer.bucket.column)} as ${table.bucket.column}, ${table.keys.join(', ')},
      sum(succeeded) as succeeded, sum(declined) as declined, sum(failed) as failed, sum(unknown) as unknown,
      sum(amount_minor) as amount_minor, ${table.timed ? `sum(${timedCount(finer)})` : '0'}::numeric as timed
    from ${finer.table}
    where ${finer.bucket.column} >= $1::timestamptz
      and ${finer.bucket.column} < $2::timestamptz
    group by ${[1, ...table.keys].join(', ')}`;
}

const FACTS = `t.accepted_at, t.currency, t.business_type, t.route, t.payer_institution_id, t.intermediary_institution_id,
  t.payee_institution_id, t.amount_minor`;
const IN_SPAN = 't.accepted_at >= $1::timestamptz and t.accepted_at < $2::timestamptz';
const OUTCOMES = `transaction_outcome o
  join clearing_transaction t on t.transaction_key = o.transaction_key and t.accepted_at = o.accepted_at
  cross join lateral (values (o.from_status, -1), (o.to_status, 1)) as move (status, times)`;

// A payment below the watermark is counted as it stands, less the outcomes that are still to come.
// The last part is a payment that is still to come while its outcome was counted: the outcome's transaction began first.
function rawSums(table: TierTable): string {
  const institution = table.keys.includes('role');
  return `select ${bucketFromInstant(table.bucket, 'accepted_at')} as ${table.bucket.column}, ${table.keys.join(', ')},
      coalesce(sum(times) filter (where status = 'succeeded'), 0)::numeric as succeeded,
      coalesce(sum(times) filter (where status = 'declined'), 0)::numeric as declined,
      coalesce(sum(times) filter (where status = 'failed'), 0)::numeric as failed,
      coalesce(sum(times) filter (where status in ('unknown', 'received')), 0)::numeric as unknown,
      coalesce(sum(times * amount_minor) filter (where status = 'succeeded'), 0)::numeric as amount_minor,
      ${table.timed ? 'coalesce(sum(timed), 0)' : '0'}::numeric as timed
    from (
      select ${FACTS}, t.status, 1 as times, (t.responded_at is not null)::integer as timed
      from clearing_transaction t
      where ${IN_SPAN} and ${isIn('t.batch_id')}
      union all
      select ${FACTS}, move.status, -move.times, 0
      from ${OUTCOMES}
      where ${IN_SPAN} and not ${isIn('o.batch_id')} and ${isIn('t.batch_id')}
      union all
      select ${FACTS}, move.status, move.times, 0
      from ${OUTCOMES}
      where ${IN_SPAN} and ${isIn('o.batch_id')} and not ${isIn('t.batch_id')}
    ) as rows
    ${institution ? SIDES : ''}
    group by ${[1, ...table.keys].join(', ')}`;
}

const SIDES = `cross join lateral (values
      ('payer'::flow_role, payer_institution_id),
      ('intermediary'::flow_role, intermediary_institution_id),
      ('payee'::flow_role, payee_institution_id)
    ) as side (role, institution_id)
    where institution_id is not null`;

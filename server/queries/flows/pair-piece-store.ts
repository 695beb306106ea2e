import 'server-only';
import * as z from 'zod';
import type { PairPiece } from '@/domain/flows/pair-pieces';
import { PAYEES, type PairSums, pairSums } from '@/domain/flows/pair-sums';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { type FlowConditions, type FlowScope, pairConditions } from './flow-spans';

/** Pairs kept over all pieces: 48 bytes each, 144 MB. */
const KEPT_PAIRS_MAX = 3_000_000;
/** An empty piece takes room too. */
const PIECE_WEIGHT = 64;

type Held = { readonly version: string; readonly sums: PairSums };

// The oldest used first. `next dev` reloads modules, the global outlives them.
const kept = globalThis as { headwaterPairPieces?: Map<string, Held> };

const Row = z.object({
  name: z.string(),
  version: z.string(),
  keys: z.string(),
  amounts: z.string(),
  counts: z.string(),
});

/**
 * The pairs of each piece, by its name. Pieces whose hours have not changed since they were last read are not read again: one statement
 * compares versions and brings what has changed, so that everything is of one moment. Pieces are kept apart by all that decides which rows
 * they hold, the scope of whoever asks first of all.
 */
export async function pairsOfPieces(
  scope: FlowScope,
  conditions: FlowConditions,
  pieces: readonly PairPiece[],
): Promise<ReadonlyMap<string, PairSums>> {
  kept.headwaterPairPieces ??= new Map();
  const store = kept.headwaterPairPieces;
  const keyOf = (name: string) => `${conditionsKey(scope, conditions)} ${name}`;
  const held = new Map(pieces.map(({ name }) => [name, store.get(keyOf(name))]));
  for (const row of await changedPieces(scope, conditions, pieces, held)) held.set(row.name, { version: row.version, sums: pairSums(row) });
  const sums = new Map<string, PairSums>();
  for (const [name, piece] of held) {
    if (!piece) throw new Error(`piece ${name} was neither kept nor read`);
    sums.set(name, piece.sums);
    store.delete(keyOf(name));
    store.set(keyOf(name), piece);
  }
  dropOldest(store);
  return sums;
}

/** Everything that decides which rows are seen, as text. */
export function conditionsKey(scope: FlowScope, { currency, types, payerId, payeeId }: FlowConditions): string {
  return JSON.stringify([scope.institutionId, currency, [...types].sort(), payerId ?? null, payeeId ?? null]);
}

async function changedPieces(
  scope: FlowScope,
  conditions: FlowConditions,
  pieces: readonly PairPiece[],
  held: ReadonlyMap<string, Held | undefined>,
): Promise<z.infer<typeof Row>[]> {
  const where = pairConditions(scope, conditions);
  const names = pieces.map(({ name }) => name);
  const tiers = pieces.map(({ tier }) => tier);
  const froms = pieces.map(({ range }) => range.from.toISOString());
  const tos = pieces.map(({ range }) => range.to.toISOString());
  const versions = names.map((name) => held.get(name)?.version ?? 'not kept');
  const rows = await database().$queryRaw`
    with piece as materialized (
      select p.name, p.tier, p.starts_at, p.ends_at, p.known, coalesce((
          select md5(string_agg(v.version::text, ',' order by v.hour))
          from pair_hour_version v
          where v.hour >= p.starts_at
            and v.hour < p.ends_at
        ), 'never written') as version
      from unnest(${names}::text[], ${tiers}::text[], ${froms}::text[]::timestamptz[], ${tos}::text[]::timestamptz[], ${versions}::text[])
        as p (name, tier, starts_at, ends_at, known)
    )
    select p.name, p.version, pairs.keys, pairs.amounts, pairs.counts
    from piece p
    cross join lateral (
      select ${LISTS}
      from (
        select payer_institution_id as payer, payee_institution_id as payee, succeeded, declined, failed, unknown, amount_minor as amount
        from pair_hour
        where hour = p.starts_at
          and ${where}
        order by 1, 2
      ) pair
    ) pairs
    where p.tier = 'hour'
      and p.version <> p.known
    union all
    select p.name, p.version, pairs.keys, pairs.amounts, pairs.counts
    from piece p
    cross join lateral (
      select ${LISTS}
      from (
        select payer_institution_id as payer, payee_institution_id as payee,
          sum(succeeded) as succeeded, sum(declined) as declined, sum(failed) as failed, sum(unknown) as unknown,
          sum(amount_minor) as amount
        from pair_day
        where day >= (p.starts_at at time zone 'Asia/Shanghai')::date
          and day < (p.ends_at at time zone 'Asia/Shanghai')::date
          and ${where}
        group by 1, 2
        order by 1, 2
      ) pair
    ) pairs
    where p.tier = 'day'
      and p.version <> p.known`;
  return z.array(Row).parse(rows);
}

// One row of lists a piece rather than one row a pair: a hundred thousand rows cost the driver more than the database. Most pairs have
// nothing but succeeded payments, and say only those.
const LISTS = Prisma.sql`
        coalesce(string_agg((payer::bigint * ${PAYEES} + payee)::text, ','), '') as keys,
        coalesce(string_agg(amount::text, ','), '') as amounts,
        coalesce(string_agg(
          case when declined + failed + unknown = 0 then succeeded::text
          else succeeded::text || '/' || declined::text || '/' || failed::text || '/' || unknown::text end, ','), '') as counts`;

function dropOldest(store: Map<string, Held>): void {
  let weight = 0;
  for (const { sums } of store.values()) weight += sums.keys.length + PIECE_WEIGHT;
  for (const [key, { sums }] of store) {
    if (weight <= KEPT_PAIRS_MAX) return;
    weight -= sums.keys.length + PIECE_WEIGHT;
    store.delete(key);
  }
}

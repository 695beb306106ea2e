import { TIER_KEYS, type Tier } from '@/domain/clearing/rollup';

export type BucketUnit = 'minute' | 'slot' | 'hour' | 'day';
export type TierTable = {
  readonly table: Tier;
  readonly bucket: { readonly column: string; readonly unit: BucketUnit };
  readonly keys: readonly string[];
  /** Holds a latency histogram. */
  readonly timed: boolean;
  /** The finer tier that this one is the sum of, where there is one. */
  readonly finer?: Tier;
};

/** How each tier is stored: one description for writing, reconciling and rebuilding. Nothing in it comes from outside. */
export const TIER_TABLES: Record<Tier, TierTable> = {
  platform_minute: { table: 'platform_minute', bucket: bucket('minute'), keys: TIER_KEYS.platform, timed: true },
  platform_slot: { table: 'platform_slot', bucket: bucket('slot'), keys: TIER_KEYS.slot, timed: true, finer: 'platform_minute' },
  platform_hour: { table: 'platform_hour', bucket: bucket('hour'), keys: TIER_KEYS.platform, timed: true, finer: 'platform_minute' },
  platform_day: { table: 'platform_day', bucket: bucket('day'), keys: TIER_KEYS.platform, timed: true, finer: 'platform_hour' },
  institution_minute: { table: 'institution_minute', bucket: bucket('minute'), keys: TIER_KEYS.institution, timed: false },
  institution_hour: { table: 'institution_hour', bucket: bucket('hour'), keys: TIER_KEYS.institution, timed: true },
  institution_day: { table: 'institution_day', bucket: bucket('day'), keys: TIER_KEYS.institution, timed: true, finer: 'institution_hour' },
  pair_hour: { table: 'pair_hour', bucket: bucket('hour'), keys: TIER_KEYS.pair, timed: false },
  pair_day: { table: 'pair_day', bucket: bucket('day'), keys: TIER_KEYS.pair, timed: false, finer: 'pair_hour' },
};

function bucket(unit: BucketUnit) {
  return { column: unit, unit };
}

/** SQL for the stored bucket of a column `bucket` that counts minutes, slots of five minutes, hours or days since 1970. */
export function bucketFromNumber({ unit }: TierTable['bucket']): string {
  if (unit === 'day') return "date '1970-01-01' + bucket::integer";
  return `to_timestamp(bucket * ${{ minute: 60, slot: 300, hour: 3600 }[unit]})`;
}

/** SQL for the stored bucket that an instant belongs to; a day is one of Asia/Shanghai. */
export function bucketFromInstant({ unit }: TierTable['bucket'], instant: string): string {
  if (unit === 'day') return `(${instant} at time zone 'Asia/Shanghai')::date`;
  if (unit === 'slot') return `date_bin('5 minutes', ${instant}, timestamptz 'epoch')`;
  return `date_trunc('${unit}', ${instant}, 'UTC')`;
}

/** Institutions' minutes are kept for two days: SQL and TypeScript agree on the first minute that counts. */
export const INSTITUTION_MINUTES_KEPT_MS = 48 * 3_600_000;

export function firstKeptMinuteMs(nowMs: number): number {
  return Math.floor((nowMs - INSTITUTION_MINUTES_KEPT_MS) / 60_000) * 60_000;
}

import { DAY_MS, HOUR_MS } from '../movement';

/** Patterns that are looked for, in the order of their bit in a movement's marks. */
export const TYPOLOGIES = [
  'fan-in',
  'fan-out',
  'cycle',
  'scatter-gather',
  'gather-scatter',
  'bipartite',
  'stack',
  'random-walk',
  'structuring',
  'rapid-movement',
  'dormant-awakening',
  'u-turn',
  'round-amounts',
  'shared-terminal',
  'front-business',
  'repeated-overseas',
  'split-payments',
] as const;
export type Typology = (typeof TYPOLOGIES)[number];

/**
 * What one detector is set to, as data. A pattern of `notable` or more marks its movements; from `alert` on it raises an alert by itself.
 * `rarity` is the largest share of arrivals that may reach the alert: where a network is denser than the numbers were meant for, the count
 * that is asked rises to what is rare there. What `size` counts differs by detector, see docs/detection.md.
 */
export type DetectorSettings = {
  readonly version: number;
  readonly enabled: boolean;
  readonly windowMs: number;
  readonly notable: number;
  readonly alert: number;
  readonly rarity: number;
  /** What a movement with this mark adds to the weighted score, as the chance that it is no accident. */
  readonly weight: number;
};
export type TypologySettings = { readonly [T in Typology]: DetectorSettings };

const days = (count: number) => count * DAY_MS;
const base = { version: 1, enabled: true };

export const TYPOLOGY_SETTINGS: TypologySettings = {
  'fan-in': { ...base, windowMs: days(14), notable: 4, alert: 5, rarity: 0.02, weight: 0.15 },
  'fan-out': { ...base, windowMs: days(14), notable: 4, alert: 5, rarity: 0.02, weight: 0.15 },
  cycle: { ...base, windowMs: days(14), notable: 2, alert: 3, rarity: 0.005, weight: 0.3 },
  'scatter-gather': { ...base, windowMs: days(14), notable: 2, alert: 3, rarity: 0.02, weight: 0.3 },
  'gather-scatter': { ...base, windowMs: days(14), notable: 3, alert: 3, rarity: 0.01, weight: 0.25 },
  bipartite: { ...base, windowMs: days(14), notable: 5, alert: 6, rarity: 0.01, weight: 0.25 },
  stack: { ...base, windowMs: days(14), notable: 2, alert: 2, rarity: 0.01, weight: 0.25 },
  'random-walk': { ...base, windowMs: days(14), notable: 2, alert: 3, rarity: 0.005, weight: 0.3 },
  structuring: { ...base, windowMs: days(3), notable: 3, alert: 4, rarity: 0.002, weight: 0.35 },
  'rapid-movement': { ...base, windowMs: 48 * HOUR_MS, notable: 1, alert: 3, rarity: 0.002, weight: 0.2 },
  'dormant-awakening': { ...base, windowMs: days(180), notable: 1, alert: 3, rarity: 0.002, weight: 0.2 },
  'u-turn': { ...base, windowMs: days(45), notable: 2, alert: 3, rarity: 0.002, weight: 0.35 },
  'round-amounts': { ...base, windowMs: days(3), notable: 3, alert: 5, rarity: 0.002, weight: 0.1 },
  'shared-terminal': { ...base, windowMs: days(30), notable: 2, alert: 2, rarity: 1, weight: 0.4 },
  'front-business': { ...base, windowMs: days(30), notable: 1, alert: 3, rarity: 0.002, weight: 0.35 },
  'repeated-overseas': { ...base, windowMs: days(45), notable: 3, alert: 4, rarity: 0.002, weight: 0.25 },
  'split-payments': { ...base, windowMs: days(45), notable: 2, alert: 3, rarity: 0.015, weight: 0.35 },
};

/** What a detector saw when a movement arrived. */
export type Sighting = {
  readonly typology: Typology;
  /** The account that it is about, by its number in the graph. */
  readonly subject: number;
  /** What the settings' numbers are compared with. */
  readonly size: number;
  /** The movements that make it up, the newest first. */
  readonly edges: readonly number[];
};

export function bitOf(typology: Typology): number {
  return 1 << TYPOLOGIES.indexOf(typology);
}

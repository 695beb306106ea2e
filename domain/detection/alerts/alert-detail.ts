import * as z from 'zod';
import { TYPOLOGIES } from '../typologies/typology';

const finding = z.object({
  typology: z.enum(TYPOLOGIES),
  version: z.int(),
  /** What was found, what the settings ask, and what was asked after a look at how common it is in this network. */
  size: z.number(),
  asked: z.number(),
  askedHere: z.number(),
  /** The share of arrivals that reach this size: why it is not noise. */
  share: z.number(),
  windowMs: z.number(),
});

/** A pattern in the money graph. */
const typologyDetail = z.object({
  kind: z.literal('typology'),
  /** The one that opened the alert first. */
  findings: z.array(finding).min(1),
  /** What raised the learned score, in log-odds, the largest first; empty where nothing learned took part. */
  reasons: z.array(z.object({ feature: z.string(), value: z.number(), adds: z.number() })),
  model: z.object({ name: z.string(), version: z.int() }).nullable(),
  /** Transactions that belong to it beyond those that are listed. */
  unlisted: z.int(),
});

/** A rule that was met. */
const ruleDetail = z.object({
  kind: z.literal('rule'),
  citation: z.string(),
  outcome: z.enum(['violation', 'reportable', 'notable']),
  /** A key below `rules.shipped.<id>.reasons`. */
  reason: z.string(),
  measure: z.string(),
  window: z.string(),
  /** The day, year or other period of the window; the payment's own day where the window is one payment. */
  period: z.string(),
  boundary: z.enum(['>', '>=']),
  /** Where the band begins, as the rule states it, and what was found: minor units for amounts and sums, a whole number otherwise. */
  from: z.string(),
  value: z.string(),
  unit: z.enum(['minor', 'count', 'days', 'flag']),
  currency: z.string().nullable(),
  /** The group whose payments were taken together. */
  group: z.array(z.object({ field: z.string(), value: z.string() })),
});

/** A figure that left its own past. */
const statisticDetail = z.object({
  kind: z.literal('statistic'),
  figure: z.enum(['surge', 'success-drop', 'latency', 'net-imbalance', 'after-hours']),
  unit: z.enum(['count', 'share', 'ms']),
  currency: z.string().nullable(),
  value: z.number(),
  median: z.number(),
  mad: z.number(),
  z: z.number(),
  p: z.number(),
  /** p after control of false discoveries across `tests` figures of the same moment; at most `falseRate` of what stands is expected to be false. */
  q: z.number(),
  tests: z.int(),
  falseRate: z.number(),
  /** Payments in the interval. */
  volume: z.number(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** What it was held against: the same time of earlier weeks, or where there are too few, of earlier days of the same kind. */
  against: z.enum(['weeks', 'days']),
  samples: z.array(z.object({ at: z.iso.datetime(), value: z.number() })),
  /** The figure since it left its past, at most 60 points. */
  course: z.array(z.object({ at: z.iso.datetime(), value: z.number() })),
  /** When it was back; null while it stands. */
  endedAt: z.iso.datetime().nullable(),
});

/** A rule that threw or ran on, and was switched off; the others go on. */
const faultDetail = z.object({ kind: z.literal('fault'), fault: z.string() });

/** What an alert shows of itself: the column `detail`. */
export const AlertDetail = z.discriminatedUnion('kind', [typologyDetail, ruleDetail, statisticDetail, faultDetail]);
export type AlertDetail = z.infer<typeof AlertDetail>;

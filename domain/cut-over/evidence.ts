import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';

export const EVIDENCE_FORMAT = 'headwater-cut-over-evidence/1';

const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/);
// Amounts and counts are decimal strings: a certificate must read the same in every language that parses JSON.
const Whole = z.string().regex(/^(?:0|[1-9]\d*)$/);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Day = z.iso.date();
const Sum = z.strictObject({ count: Whole, minor: Whole });
const Declared = z.strictObject({
  clearedCount: Whole,
  clearedMinor: Whole,
  directCount: Whole,
  directMinor: Whole,
  directInterface: z.enum(['open', 'closed']),
});
const Declarations = z.strictObject({
  days: z.int(),
  clearedCount: Whole,
  clearedMinor: Whole,
  directCount: Whole,
  directMinor: Whole,
  sha256: Sha256,
});

/**
 * Everything that a certificate rests on: what three parties said of one cell over a span of closed days, as stored below a watermark.
 * The same watermark and rules give the same bytes again, whatever arrived later.
 */
export const Evidence = z.strictObject({
  format: z.literal(EVIDENCE_FORMAT),
  subject: z.strictObject({
    institution: Code,
    bank: Code,
    businessType: z.enum(BUSINESS_TYPES),
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
  period: z.strictObject({ from: Day, to: Day, timeZone: z.literal('UTC+8') }),
  /** Batches up to this place in the order of commits are included, none after it. `at` is when the evidence was taken. */
  watermark: z.strictObject({ xid: Whole, batch: Whole, at: z.iso.datetime() }),
  rules: z.strictObject({
    matching: z.string(),
    keysToleranceSeconds: z.int(),
    referenceToleranceSeconds: z.int(),
    minimumDays: z.int(),
    coverageMinPercent: z.number(),
  }),
  clearing: z.strictObject({ records: Sum, unconfirmed: Sum, sha256: Sha256 }),
  bank: z.strictObject({ debits: Sum, matched: Sum, residual: Sum, nested: Sum, sha256: Sha256, declarations: Declarations }),
  institution: z.strictObject({ declarations: Declarations, elsewhere: Sum }),
  agreements: z.strictObject({ used: z.int(), covered: z.int() }),
  days: z.array(
    z.strictObject({
      day: Day,
      clearing: Sum,
      debits: Sum,
      residual: Sum,
      bank: Declared.nullable(),
      institution: Declared.nullable(),
    }),
  ),
  /** Batches of the feed that the rows came in: their number, and the SHA-256 over their ids and the digests of their bodies as received. */
  sources: z.array(z.strictObject({ institution: Code, feed: z.string(), batches: z.int(), lines: z.int(), sha256: Sha256 })),
  gaps: z.strictObject({
    /** Hours of the period in which clearing reported no payment of anybody. */
    silentHours: z.array(z.string()),
    /** Lines of the three parties that the gateway refused and nobody has settled. */
    quarantined: z.array(z.strictObject({ institution: Code, feed: z.string(), lines: z.int() })),
    /** Payments that their own reporter calls direct. */
    direct: Sum,
  }),
  gate: z.strictObject({ percent: z.int(), frozen: z.boolean() }),
  result: z.strictObject({
    migratedByCount: z.string().nullable(),
    migratedByValue: z.string().nullable(),
    agreementCoverage: z.string().nullable(),
  }),
});
export type Evidence = z.infer<typeof Evidence>;

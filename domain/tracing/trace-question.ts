import * as z from 'zod';
import { BUSINESS_TYPES } from '../clearing/transaction';

export const TRACE_DIRECTIONS = ['forward', 'backward'] as const;
export type TraceDirection = (typeof TRACE_DIRECTIONS)[number];

/** Nobody has shown that money followed further than this says anything. */
export const TRACE_HOPS_MAX = 12;
export const TRACE_STARTS_MAX = 200;

const AccountName = z.string().min(1).max(200);
const AtMs = z.int();

/**
 * What "the money" is.
 * - `transaction`: the amount of this payment. Forward it is followed from its payee on, backward from its payer.
 * - `account` without an amount: everything that is in the account at `atMs` and whatever arrives later (forward, within the window);
 *   backward everything that is in it at `atMs`. Null: from the window's beginning (forward), at its end (backward).
 * - `account` with an amount: so much of what is in the account at `atMs`, the newest arrivals first.
 */
export const TraceStart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('transaction'), transaction: z.string().min(1).max(200) }),
  z.strictObject({
    kind: z.literal('account'),
    account: AccountName,
    atMs: AtMs.nullable().default(null),
    amountMinor: z.bigint().positive().nullable().default(null),
  }),
]);
export type TraceStart = z.infer<typeof TraceStart>;

/**
 * Where did this money go, or where did it come from. One question is about one currency: they are never mixed.
 * Whatever is not followed (a limit, a hub) stays where it was last seen and is named under `pruned` of the answer.
 */
export const TraceQuestion = z.strictObject({
  direction: z.enum(TRACE_DIRECTIONS).default('forward'),
  /** One start or a set of them; their money is followed together. */
  from: z.array(TraceStart).min(1).max(TRACE_STARTS_MAX),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** How many payments one after another; the payment that a trace starts from is the first. */
  hops: z.int().min(1).max(TRACE_HOPS_MAX).default(6),
  /** Half-open window [since, until) of payments that are followed, in epoch milliseconds; null: not bounded. Older ones still fill the accounts. */
  sinceMs: AtMs.nullable().default(null),
  untilMs: AtMs.nullable().default(null),
  /** Smaller payments are not followed. */
  minAmountMinor: z.bigint().nonnegative().default(0n),
  /** Payments of other types are not followed; empty: all types. */
  businessTypes: z.array(z.enum(BUSINESS_TYPES)).default([]),
  /** Money that rested longer in an account is not followed when it is spent; null: however long it rested. */
  waitLimitMs: z.int().nonnegative().nullable().default(null),
  /** Accounts with more payments (in and out, of this currency, within what is replayed) are not followed through; null: all are. */
  hubDegree: z.int().positive().nullable().default(5_000),
  /** Accounts that are followed through however many payments they have. */
  overriddenHubs: z.array(AccountName).max(TRACE_STARTS_MAX).default([]),
});
export type TraceQuestion = z.infer<typeof TraceQuestion>;

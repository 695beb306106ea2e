import * as z from 'zod';
import { BUSINESS_TYPES } from '../clearing/transaction';
import { PRUNE_REASONS, TRACE_METHODS, type TraceAnswer } from './trace-answer';
import { TRACE_DIRECTIONS } from './trace-question';

/** Whole minor units as a decimal string. */
const Minor = z.string().regex(/^-?\d+$/);
const Amounts = z.strictObject({ fifo: Minor, lifo: Minor, proRata: Minor, poison: Minor });
const Traced = z.strictObject({ ...Amounts.shape, low: Minor, high: Minor });
const Account = z.strictObject({ account: z.string(), institution: z.string().nullable(), currency: z.string() });
const At = z.iso.datetime();

/** The parts of a trace's answer as JSON: amounts are decimal strings of minor units, times are ISO 8601 in UTC. Documented in docs/trace.md. */
export const TraceWire = z.strictObject({
  sources: z.array(z.strictObject({ ...Account.shape, ...Traced.shape, held: Amounts, stopped: Amounts })),
  reached: z.array(
    z.strictObject({
      ...Account.shape,
      ...Traced.shape,
      layer: z.int(),
      firstAt: At,
      lastAt: At,
      held: Amounts,
      stopped: Amounts,
      barrier: z.enum(['hub', 'pooled']).nullable(),
    }),
  ),
  unknownOrigin: z.array(z.strictObject({ ...Account.shape, ...Traced.shape, drawn: Minor })),
  sinks: z.array(z.strictObject({ ...Account.shape, ...Traced.shape, layer: z.int() })),
  edges: z.array(
    z.strictObject({
      transaction: z.string(),
      from: z.string(),
      to: z.string(),
      at: At,
      businessType: z.enum(BUSINESS_TYPES),
      currency: z.string(),
      hop: z.int(),
      amount: Minor,
      ...Traced.shape,
    }),
  ),
  pruned: z.array(
    z.strictObject({
      ...Account.shape,
      reason: z.enum(PRUNE_REASONS),
      layer: z.int(),
      payments: z.int(),
      limit: z.string().nullable(),
      ...Amounts.shape,
    }),
  ),
  conservation: z.array(
    z.strictObject({
      currency: z.string(),
      method: z.enum(TRACE_METHODS),
      source: Minor,
      held: Minor,
      exited: Minor,
      unknown: Minor,
      difference: Minor,
    }),
  ),
});
export type TraceWire = z.infer<typeof TraceWire>;

/** What `headwater trace --json` prints; its JSON Schema is docs/trace.schema.json. */
export const TraceDocument = z.strictObject({
  schema: z.literal('headwater.trace/1'),
  file: z.strictObject({
    path: z.string(),
    sha256: z.string(),
    rows: z.int(),
    payments: z.int(),
    notSucceeded: z.int(),
    repeated: z.int(),
    refused: z.int(),
  }),
  notes: z.array(z.string()),
  direction: z.enum(TRACE_DIRECTIONS),
  method: z.enum([...TRACE_METHODS, 'all']),
  currencies: z.array(z.string()),
  from: z.array(z.strictObject({ kind: z.enum(['transaction', 'account']), name: z.string() })),
  asOf: At.nullable(),
  ...TraceWire.shape,
  /** Of this run: reading the file, and the engine for all currencies together. */
  measured: z.strictObject({ readMs: z.number(), engineMs: z.number(), replayed: z.int() }),
});
export type TraceDocument = z.infer<typeof TraceDocument>;

/** An answer, or answers in several currencies one after another, as JSON takes it. Their amounts stay apart: every entry names its currency. */
export function traceWire(answers: readonly TraceAnswer[]): TraceWire {
  const all = <T>(entries: (answer: TraceAnswer, currency: string) => readonly T[]) =>
    answers.flatMap((answer) => entries(answer, answer.question.currency));
  return worded({
    sources: all(({ sources }) => sources.map(({ amount, amountMinor, ...source }) => ({ ...source, ...amount }))),
    reached: all(({ reached }) =>
      reached.map(({ firstAtMs, lastAtMs, ...one }) => ({ ...one, firstAt: iso(firstAtMs), lastAt: iso(lastAtMs) })),
    ),
    unknownOrigin: all(({ unknownOrigin }) => unknownOrigin.map(({ drawnMinor, ...one }) => ({ ...one, drawn: drawnMinor }))),
    sinks: all(({ sinks }) => sinks),
    edges: all(({ edges }, currency) =>
      edges.map(({ atMs, amountMinor, ...edge }) => ({ ...edge, at: iso(atMs), amount: amountMinor, currency })),
    ),
    pruned: all(({ pruned }, currency) => pruned.map((entry) => ({ ...entry, currency }))),
    conservation: all(({ conservation }, currency) =>
      Object.entries(conservation).map(([method, sums]) => ({ currency, method, ...sums })),
    ),
  });
}

const iso = (ms: number) => new Date(ms).toISOString();

function worded(answer: object): TraceWire {
  return JSON.parse(JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? value.toString() : value))) as TraceWire;
}

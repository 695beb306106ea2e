import * as z from 'zod';

const Minor = z.string().regex(/^-?\d{1,40}$/);
const Amounts = z.object({ fifo: Minor, lifo: Minor, proRata: Minor, poison: Minor, low: Minor, high: Minor });
const Sum = z.object({ source: Minor, held: Minor, exited: Minor, unknown: Minor, difference: Minor });

/** What of a trace's picture a case keeps: enough to draw it again, and to say what it was. Amounts are minor units. */
export const TraceSnapshot = z.object({
  direction: z.enum(['forward', 'backward']),
  currency: z.string().regex(/^[A-Z]{3}$/),
  hops: z.int(),
  asOfMs: z.int().nullable(),
  replayed: z.int(),
  nodes: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(['source', 'account', 'outside', 'rest', 'rest-outside', 'unknown']),
        layer: z.int(),
        accounts: z.int(),
        institution: z.string().nullable(),
        amounts: Amounts,
        note: z.string().nullable(),
        pinned: z.boolean(),
        masked: z.string().nullable(),
      }),
    )
    .max(400),
  edges: z.array(z.object({ from: z.string(), to: z.string(), amounts: Amounts, payments: z.int(), pinned: z.boolean() })).max(2000),
  conservation: z.object({ fifo: Sum, lifo: Sum, proRata: Sum }),
  /** The question in the words of the engine, so that it can be asked again. */
  question: z.record(z.string(), z.json()),
});
export type TraceSnapshot = z.infer<typeof TraceSnapshot>;

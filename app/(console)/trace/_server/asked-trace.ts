import 'server-only';
import { readRange, type TimeRange } from '@/domain/time-range';
import { type CanvasStep, readSteps } from '@/domain/tracing/canvas/canvas-step';
import { questionOf, readStarts } from '@/domain/tracing/canvas/question-address';
import type { TraceQuestion, TraceStart } from '@/domain/tracing/trace-question';
import { recordTraceRefused } from '@/server/commands/tracing/record-trace';
import { keptCanvas } from '@/server/queries/tracing/kept-canvas';
import { ownAccounts } from '@/server/queries/tracing/own-accounts';
import { transactionDetail } from '@/server/queries/transactions/transaction-detail';
import type { Actor } from '@/server/session';

/** What a trace starts from, as its page's path says it: one payment, or accounts and payments in `from`. */
export type TraceOrigin =
  | { readonly kind: 'transaction'; readonly idOrKey: string }
  | { readonly kind: 'starts'; readonly from: string | undefined };
export type TraceParams = Readonly<Record<string, string | undefined>>;

/** A question with the steps of the picture, ready to be answered. */
export type AskedTrace = {
  readonly question: TraceQuestion;
  /** The same over the whole range: what the time slider narrows. The question itself where it is not narrowed. */
  readonly whole: TraceQuestion;
  readonly range: TimeRange;
  readonly steps: readonly CanvasStep[];
  /** When the payment that it starts from was accepted; null where it starts from something else. */
  readonly acceptedAt: Date | null;
};
export type AskedOutcome =
  | { readonly kind: 'asked'; readonly asked: AskedTrace }
  /** The address has no fixed range yet: what is traced must not change under the reader. */
  | { readonly kind: 'unbounded'; readonly acceptedAt: Date | null }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'not-found' };

/** Reads a trace's address. Payments that the actor may not see are not found, as if there were none. */
export async function askedTrace(actor: Actor, origin: TraceOrigin, params: TraceParams): Promise<AskedOutcome> {
  const started = await startsOf(actor, origin, params);
  if (started === 'unreadable' || started === 'not-found') return { kind: started };
  const choice = params.range === undefined ? null : readRange(params.range);
  if (choice?.kind !== 'absolute') return { kind: 'unbounded', acceptedAt: started.acceptedAt };
  const { range } = choice;
  const currency = started.currency ?? params.currency ?? 'CNY';
  if (!/^[A-Z]{3}$/.test(currency)) return { kind: 'unreadable' };
  const asks = { from: started.from, currency, range };
  const question = questionOf(params, asks);
  const whole = questionOf({ ...params, window: undefined }, asks);
  const steps = await stepsOf(actor, params.c ?? '');
  if (!question || !whole || !steps) return { kind: 'unreadable' };
  return { kind: 'asked', asked: { question, whole: params.window ? whole : question, range, steps, acceptedAt: started.acceptedAt } };
}

/** The steps that an address names: in itself, or kept by the server where they are too long for it. */
export async function stepsOf(actor: Actor, text: string): Promise<readonly CanvasStep[] | null> {
  if (!text.startsWith('kept:')) return readSteps(text);
  const kept = await keptCanvas(actor, { id: text.slice('kept:'.length) });
  return kept === null ? null : readSteps(kept);
}

type Started = { readonly from: readonly TraceStart[]; readonly currency: string | null; readonly acceptedAt: Date | null };

async function startsOf(actor: Actor, origin: TraceOrigin, params: TraceParams): Promise<Started | 'unreadable' | 'not-found'> {
  if (origin.kind === 'starts') {
    const from = readStarts(origin.from);
    if (!from) return 'unreadable';
    const foreign = await foreignStart(actor, from);
    if (!foreign) return { from, currency: params.currency ?? null, acceptedAt: null };
    await recordTraceRefused(actor, foreign);
    return 'not-found';
  }
  const payment = await transactionDetail(actor, { idOrKey: origin.idOrKey });
  if (payment)
    return { from: [{ kind: 'transaction', transaction: payment.key }], currency: payment.currency, acceptedAt: payment.acceptedAt };
  // For an institution's own people "none" and "none of yours" are one answer, and both are put on record.
  if (actor.institutionId !== null) await recordTraceRefused(actor, { kind: 'transaction', transaction: origin.idOrKey });
  return 'not-found';
}

// An institution's own people may ask about its own accounts and the payments that it had part in, and nothing else.
async function foreignStart(actor: Actor, from: readonly TraceStart[]): Promise<TraceStart | undefined> {
  if (actor.institutionId === null) return undefined;
  const own = await ownAccounts(actor, { accounts: from.flatMap((start) => (start.kind === 'account' ? start.account : [])) });
  for (const start of from) {
    if (start.kind === 'account' ? !own.has(start.account) : !(await transactionDetail(actor, { idOrKey: start.transaction })))
      return start;
  }
  return undefined;
}

import type { PicturePayment } from '@/domain/tracing/canvas/picture';
import type { TraceIndex } from '@/domain/tracing/canvas/trace-index';

export const PAYMENTS_LISTED = 50;

/** Payments of the trace in and out of the account with this reference, the most of the trace's money first. */
export function nodePayments(index: TraceIndex, ref: string): { readonly rows: readonly PicturePayment[]; readonly total: number } {
  const account = index.byRef.get(ref)?.account;
  if (account === undefined) return { rows: [], total: 0 };
  const own = index.answer.edges.filter(({ from, to }) => from === account || to === account);
  const largest = [...own].sort((a, b) => (a.high === b.high ? a.atMs - b.atMs : a.high > b.high ? -1 : 1)).slice(0, PAYMENTS_LISTED);
  return {
    total: own.length,
    rows: largest.map(({ transaction, atMs, businessType, from, to, amountMinor, fifo, lifo, proRata, poison, low, high }) => ({
      transaction,
      atMs,
      businessType,
      inward: to === account,
      other: to === account ? from : to,
      amountMinor: amountMinor.toString(),
      amounts: {
        fifo: fifo.toString(),
        lifo: lifo.toString(),
        proRata: proRata.toString(),
        poison: poison.toString(),
        low: low.toString(),
        high: high.toString(),
      },
    })),
  };
}

import type { TraceAnswer, TracedAccount, TracedAmounts } from './trace-answer';
import { type Amounts, noAmounts, tracedAmounts } from './trace-books';

/** What of traced money is still in an account as of the trace, and so could be frozen there. */
export type Residual = TracedAccount &
  TracedAmounts & {
    readonly currency: string;
    readonly layer: number;
    /** When traced money last arrived, epoch milliseconds; null for an account that only was a source. */
    readonly arrivedMs: number | null;
  };

/** Residuals of one institution: what one request to freeze would be about. Institution is null where the ledger names none. */
export type InstitutionResidual = TracedAmounts & {
  readonly institution: string | null;
  readonly currency: string;
  readonly accounts: readonly Residual[];
};

/**
 * What can still be frozen, the most first: held less what has left the account in ways that were not followed. A hub's or a pooled account's
 * share is not told: nobody can say whose money is left there. Forward traces only; a backward one says where money was, not where it is.
 */
export function residuals(answer: TraceAnswer): readonly Residual[] {
  const { question, sources, reached } = answer;
  if (question.direction !== 'forward') return [];
  const lastArrival = new Map(reached.map(({ account, lastAtMs }) => [account, lastAtMs]));
  const places = [
    ...sources.map((source) => ({ ...source, layer: 0, arrivedMs: lastArrival.get(source.account) ?? null })),
    ...reached.flatMap((one) => (one.barrier === null ? [{ ...one, arrivedMs: one.lastAtMs }] : [])),
  ];
  return places
    .map(({ account, institution, currency, layer, arrivedMs, held, stopped }): Residual => {
      const left: Amounts = [
        held.fifo - stopped.fifo,
        held.lifo - stopped.lifo,
        held.proRata - stopped.proRata,
        held.poison - stopped.poison,
      ];
      return { account, institution, currency, layer, arrivedMs, ...tracedAmounts(left) };
    })
    .filter(({ high }) => high > 0n)
    .sort(byMost);
}

/** Residuals gathered by the institution that keeps the accounts, the most first. The interval of a sum is over the methods' sums. */
export function residualsByInstitution(answer: TraceAnswer): readonly InstitutionResidual[] {
  const byInstitution = new Map<string | null, Residual[]>();
  for (const residual of residuals(answer)) {
    const known = byInstitution.get(residual.institution);
    if (known) known.push(residual);
    else byInstitution.set(residual.institution, [residual]);
  }
  return [...byInstitution]
    .map(([institution, accounts]): InstitutionResidual => {
      const sum = noAmounts();
      for (const { fifo, lifo, proRata, poison } of accounts)
        [fifo, lifo, proRata, poison].forEach((amount, m) => {
          sum[m] = (sum[m] as bigint) + amount;
        });
      return { institution, currency: answer.question.currency, accounts, ...tracedAmounts(sum) };
    })
    .sort(byMost);
}

function byMost(a: TracedAmounts, b: TracedAmounts): number {
  return a.high > b.high ? -1 : a.high < b.high ? 1 : 0;
}

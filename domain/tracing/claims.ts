import type { Ledger } from './ledger';
import type { TraceQuestion } from './trace-question';

/** Money of an account that becomes the asked-about money at a moment of the replay. */
export type AccountClaim = {
  readonly account: number;
  /** Epoch milliseconds; what happens at this very time comes after (forward), or is not taken back before (backward). */
  readonly atMs: number;
  /** Null: all of it. */
  readonly amount: bigint | null;
  /** Whether what arrives later is the asked-about money too. */
  readonly wholly: boolean;
};

/** The accounts that a question starts from, in the order in which a replay comes by; accounts without any payment have no money to follow. */
export function claimsOf(ledger: Ledger, question: TraceQuestion): readonly AccountClaim[] {
  const forward = question.direction === 'forward';
  const claims = question.from.flatMap((start): AccountClaim[] => {
    const account = start.kind === 'account' ? ledger.numberOf.get(start.account) : undefined;
    if (start.kind !== 'account' || account === undefined) return [];
    const bound = forward ? (question.sinceMs ?? Number.NEGATIVE_INFINITY) : (question.untilMs ?? Number.POSITIVE_INFINITY);
    return [{ account, atMs: start.atMs ?? bound, amount: start.amountMinor, wholly: forward && start.amountMinor === null }];
  });
  return claims.sort((a, b) => (a.atMs === b.atMs ? 0 : a.atMs < b.atMs === forward ? -1 : 1));
}

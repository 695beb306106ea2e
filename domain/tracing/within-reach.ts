import type { Barrier } from './barriers';
import type { AccountClaim } from './claims';
import { wholeReason } from './cuts';
import type { Ledger } from './ledger';
import type { TraceQuestion } from './trace-question';

/**
 * The accounts that the asked-about money can get to at all, whatever the method: 1 by the account's number. It walks the payments once
 * without looking at amounts, so that the replay keeps books for these accounts alone.
 */
export function withinReach(
  ledger: Ledger,
  question: TraceQuestion,
  play: {
    readonly end: number;
    readonly barriers: readonly (Barrier | undefined)[];
    readonly starts: ReadonlySet<number>;
    readonly claims: readonly AccountClaim[];
  },
): Uint8Array {
  const { payments, payers, payees } = ledger;
  const backward = question.direction === 'backward';
  const reached = new Uint8Array(ledger.accounts.length);
  const mark = (account: number) => {
    if (play.barriers[account] === undefined) reached[account] = 1;
  };
  for (const { account } of play.claims) mark(account);
  const [froms, tos] = backward ? [payees, payers] : [payers, payees];
  for (let n = 0; n < play.end; n++) {
    const i = backward ? play.end - 1 - n : n;
    const to = tos[i] as number;
    if (reached[to] === 1) continue;
    if (play.starts.has(i)) mark(to);
    else if (reached[froms[i] as number] === 1 && !wholeReason(payments[i] as Ledger['payments'][number], question)) mark(to);
  }
  return reached;
}

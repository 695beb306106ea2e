import { magnitude } from '../../money';
import type { LedgerPayment } from '../ledger';

/**
 * Pro-rata and poison of a trace forward from one payment, with nothing but two sums an account. Carried units by payment id.
 */
export function forwardByMixture(
  payments: readonly LedgerPayment[],
  start: string,
  outside: ReadonlySet<string>,
  barrier: ReadonlySet<string>,
) {
  const balance = new Map<string, number>();
  const tainted = new Map<string, number>();
  const poisoned = new Set<string>();
  const proRata = new Map<string, number>();
  const poison = new Map<string, number>();
  for (const { id, payer, payee, amountMinor } of payments) {
    const amount = magnitude(amountMinor);
    const had = outside.has(payer) ? 0 : (balance.get(payer) ?? 0);
    const taint = tainted.get(payer) ?? 0;
    const ownPart = amount >= had ? taint : Math.floor((amount * taint) / had + 0.5);
    const part = id === start ? amount : ownPart;
    const drops = id === start || poisoned.has(payer);
    tainted.set(payer, taint - ownPart);
    balance.set(payer, Math.max(0, had - amount));
    if (balance.get(payer) === 0) poisoned.delete(payer);
    if (part > 0) proRata.set(id, part);
    if (drops) poison.set(id, amount);
    if (outside.has(payee)) continue;
    balance.set(payee, (balance.get(payee) ?? 0) + amount);
    if (barrier.has(payee)) continue;
    tainted.set(payee, (tainted.get(payee) ?? 0) + part);
    if (drops) poisoned.add(payee);
  }
  return { proRata, poison };
}

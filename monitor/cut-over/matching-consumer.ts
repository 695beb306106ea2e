import type { PaymentFact } from '@/domain/clearing/rollup';
import type { TransactionStatus } from '@/domain/clearing/transaction';
import type { Consumer } from '../consumer';
import { CellDays } from './cell-days';
import { writeDeclaredDays } from './declared-days';
import { matchTouched } from './match-touched';

/**
 * Holds what banks report against clearing's records, chunk by chunk, in the transaction that moves the watermark: every verdict and
 * every sum is written exactly once, and what a crash undoes is derived again.
 */
export const matchingConsumer: Consumer = {
  name: 'cut-over',
  open({ batches }) {
    const cleared = new ClearedDeltas();
    const idsOf = (feeds: readonly string[]) => batches.filter(({ feed }) => feeds.includes(feed)).map(({ id }) => id);
    return {
      payment: (fact, status) => cleared.add(fact, status, 1),
      // The outcome's own batch will count it: until then the payment is what it first was.
      ahead: (fact, from, to) => cleared.move(fact, to, from),
      outcome: (fact, from, to) => cleared.move(fact, from, to),
      write: async (client) => {
        const days = new CellDays();
        if (cleared.size > 0) {
          const { rows } = await client.query<{ id: number; kind: string }>('select id, kind::text as kind from institution');
          cleared.into(days, new Map(rows.map(({ id, kind }) => [id, kind])));
        }
        await matchTouched(client, {
          debitBatches: idsOf(['debits']),
          paymentBatches: idsOf(['transactions', 'outcomes', 'iso20022']),
          days,
        });
        await days.write(client);
        await writeDeclaredDays(client, idsOf(['declarations']));
      },
    };
  },
};

type Delta = { readonly fact: PaymentFact; count: bigint; minor: bigint };

/** Succeeded payments gained and lost, summed before anybody asks which of them debit a bank for a payment institution. */
class ClearedDeltas {
  readonly #deltas = new Map<string, Delta>();

  get size(): number {
    return this.#deltas.size;
  }

  move(fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void {
    this.add(fact, from, -1);
    this.add(fact, to, 1);
  }

  add(fact: PaymentFact, status: TransactionStatus, sign: 1 | -1): void {
    if (status !== 'succeeded') return;
    const key = `${CellDays.dayOf(fact.acceptedAtMs)} ${fact.payerId} ${fact.intermediaryId} ${fact.payeeId} ${fact.businessType} ${fact.currency} ${fact.route}`;
    const delta = this.#deltas.get(key) ?? { fact, count: 0n, minor: 0n };
    this.#deltas.set(key, delta);
    delta.count += BigInt(sign);
    delta.minor += BigInt(sign) * fact.amountMinor;
  }

  into(days: CellDays, kinds: ReadonlyMap<number, string>): void {
    for (const { fact, count, minor } of this.#deltas.values()) {
      const institutionId = paymentInstitutionOf(fact, kinds);
      if (institutionId === undefined || kinds.get(fact.payerId) !== 'bank') continue;
      const day = CellDays.dayOf(fact.acceptedAtMs);
      const cell = { institutionId, bankId: fact.payerId, businessType: fact.businessType, currency: fact.currency, day };
      days.add(cell, fact.route === 'cleared' ? 'cleared' : 'direct', count, minor);
    }
  }
}

/** The payment institution that a debit of a bank is made for: the one in between, else the one that is paid. */
function paymentInstitutionOf({ intermediaryId, payeeId }: PaymentFact, kinds: ReadonlyMap<number, string>): number | undefined {
  if (intermediaryId !== null && kinds.get(intermediaryId) === 'payment') return intermediaryId;
  return kinds.get(payeeId) === 'payment' ? payeeId : undefined;
}

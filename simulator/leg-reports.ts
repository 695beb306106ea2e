import { legLine } from './feed-lines';
import type { Law } from './law';
import { legsOf, plantedBreak } from './legs';
import type { Outbox } from './outbox';
import type { Payment } from './payment';
import type { Truth } from './truth';

const IN_FLIGHT = 4;
/** So many payments a second have their legs reported; at higher rates an even share of them. */
const LEG_RATE_MAX = 20;

/** Whether every party reports its leg of a payment. */
export function hasLegs(payment: Payment, meanRate: number): boolean {
  return meanRate <= LEG_RATE_MAX || (payment.salt >>> 8) % 10_000 < (LEG_RATE_MAX / meanRate) * 10_000;
}

/** Every party reports its own legs of some payments. False where the run ended before all were acknowledged. */
export async function reportLegs(input: {
  law: Law;
  outbox: Outbox;
  payments: Iterable<Payment>;
  truth: Pick<Truth, 'recordBreak'>;
}): Promise<boolean> {
  const { law, outbox, payments, truth } = input;
  const byInstitution = new Map<number, string[]>();
  for (const payment of payments) {
    for (const leg of legsOf(law, payment)) {
      const line = legLine(law.institutions, leg);
      const lines = byInstitution.get(leg.institution);
      if (lines) lines.push(line);
      else byInstitution.set(leg.institution, [line]);
    }
    const planted = plantedBreak(law, payment);
    if (planted) truth.recordBreak({ transactionId: payment.id, break: planted });
  }
  const waiting = [...byInstitution];
  let whole = true;
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [institution, lines] = next;
      if (!(await outbox.send(law.institutions[institution]?.code as string, 'legs', lines))) whole = false;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return whole;
}

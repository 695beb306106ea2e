import { transactionLine } from './feed-lines';
import { Law } from './law';
import { Refunds } from './refunds';

export type GeneratorSpeed = { readonly payments: number; readonly seconds: number; readonly bytes: number };

/** Makes the lines of some simulated seconds at a mean rate, on this thread, and says how long that took. */
export function measureGenerator(input: { meanRate: number; simulatedSeconds: number; from: number }): GeneratorSpeed {
  const law = new Law({ seed: 1, meanRate: input.meanRate });
  const refunds = new Refunds(law);
  let payments = 0;
  let bytes = 0;
  const startedMs = performance.now();
  for (let second = input.from; second < input.from + input.simulatedSeconds; second++) {
    for (const payment of law.payments(second)) {
      payments++;
      bytes += transactionLine(law.institutions, payment, undefined).length;
    }
    for (const refund of refunds.at(second)) {
      payments++;
      bytes += transactionLine(law.institutions, refund, undefined).length;
    }
  }
  return { payments, seconds: (performance.now() - startedMs) / 1000, bytes };
}

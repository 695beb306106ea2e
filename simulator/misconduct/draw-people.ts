import type { Population } from '../population';
import type { Random } from '../random';
import type { Draw, Holder } from './planted-move';

/** Above this share of the country's people are those who hardly ever pay. */
const QUIET_FROM = 0.72;
const TRIES_MAX = 4_000;

/** The country's people as schemes need them. `firstBank` and `firstPayment` are places in its list of institutions. */
export function drawPeople(
  population: Population,
  { firstBank, firstPayment }: { firstBank: number; firstPayment: number },
): (random: Random) => Draw {
  const own = (customer: number): Holder => {
    const bank = population.bankOf(customer, 0);
    return { index: firstBank + bank, account: population.bankAccount(bank, customer, 0) };
  };
  return (random) => {
    const quiet = () => Math.floor(population.firstCompany * (QUIET_FROM + random.unit() * (1 - QUIET_FROM)));
    const mule = () => own(quiet());
    const mules = (count: number) => {
      const found = new Map<string, Holder>();
      while (found.size < count) {
        const holder = mule();
        found.set(holder.account, holder);
      }
      return [...found.values()];
    };
    const customerOf = (bank: number | undefined) => {
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const customer = population.customer(random, false);
        if (bank === undefined || population.bankOf(customer, 0) === bank) return customer;
      }
      return population.customer(random, false);
    };
    return {
      random,
      mule,
      mules,
      shopping: ({ bank, payment } = {}) => {
        const customer = customerOf(bank);
        const ordinal = payment ?? population.paymentOf(customer, random.unit());
        const merchant = population.shop(customer, ordinal, random);
        return { payer: own(customer), payee: { index: firstPayment + ordinal, account: merchant.wallet }, merchant };
      },
      wallet: (payment) => {
        const customer = customerOf(undefined);
        return { wallet: { index: firstPayment + payment, account: population.wallet(payment, customer) }, own: own(customer) };
      },
    };
  };
}

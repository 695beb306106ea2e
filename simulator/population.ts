import { AliasTable } from './alias-table';
import { hash, Random, unitHash } from './random';
import { STREAM } from './streams';

/** A country that pays more has more people, up to a bound: so an account has a history at any rate. */
const CUSTOMERS_MAX = 200_000;
const CUSTOMERS_PER_RATE = 55_000;
const CUSTOMERS_MIN = 20_000;
const MERCHANT_SHARE = 0.1;
const COMPANY_SHARE = 0.07;
const ACCOUNTS_MAX = 4;
/** The busiest of twenty thousand pays some ten times a day. */
const ACTIVE_SKEW = 1.3;
/** People have habits: a few whom they send money to, two ways to pay, their own shops. */
const CIRCLE = 5;
const STRANGER_SHARE = 0.03;
const FIRST_WALLET_SHARE = 0.9;
const FAVOURITES = 8;
const ELSEWHERE_SHARE = 0.08;

export type Merchant = {
  readonly id: string;
  /** Index of its payment institution among the payment institutions. */
  readonly payment: number;
  /** Index of the bank that keeps its settlement account. */
  readonly bank: number;
  readonly bankAccount: string;
  /** Its account at its payment institution. */
  readonly wallet: string;
  /** ISO 18245. */
  readonly category: string;
  /** Its tickets against the country's median. */
  readonly ticketFactor: number;
  readonly terminals: number;
  /** Paid out to its bank account at once, or into its account at the payment institution. */
  readonly settlesToBank: boolean;
};

// Category, share, ticket factor.
const CATEGORIES: readonly (readonly [string, number, number])[] = [
  ['5411', 22, 0.9],
  ['5499', 9, 0.6],
  ['5812', 16, 1.1],
  ['5814', 17, 0.6],
  ['4111', 6, 0.25],
  ['4121', 5, 0.8],
  ['5541', 3, 4.2],
  ['5651', 6, 2.6],
  ['5732', 3, 7.5],
  ['5912', 4, 1.3],
  ['4814', 3, 1.2],
  ['4900', 3, 1.8],
  ['7011', 2, 5.5],
  ['7832', 1, 1.4],
];

/** Customers are never listed: each is a number from which its banks and accounts follow. Merchants are few enough to keep. */
export class Population {
  readonly #seed: number;
  readonly #banks: AliasTable;
  readonly #payments: AliasTable;
  readonly #merchantsOf: readonly (readonly Merchant[])[];
  readonly customers: number;
  /** Customers from here on are companies. */
  readonly firstCompany: number;

  constructor(input: { seed: number; meanRate: number; bankWeights: readonly number[]; paymentWeights: readonly number[] }) {
    this.#seed = input.seed;
    this.customers = Math.round(Math.min(CUSTOMERS_MAX, Math.max(CUSTOMERS_MIN, input.meanRate * CUSTOMERS_PER_RATE)));
    this.firstCompany = Math.round(this.customers * (1 - COMPANY_SHARE));
    this.#banks = new AliasTable(input.bankWeights);
    this.#payments = new AliasTable(input.paymentWeights);
    this.#merchantsOf = this.#foundMerchants(input.paymentWeights);
  }

  /** Index of a payment institution, by traffic. */
  payment(unit: number): number {
    return this.#payments.draw(unit);
  }

  /** A person or a company, the active ones far more often than the rest. */
  customer(random: Random, company: boolean): number {
    const skewed = random.unit() ** ACTIVE_SKEW;
    const [first, end] = company ? [this.firstCompany, this.customers] : [0, this.firstCompany];
    return first + Math.floor(skewed * (end - first));
  }

  /**
   * Whom a customer sends money to: nearly always one of the few it always does. They are drawn evenly: who pays often is not paid more
   * often for it.
   */
  acquaintance(customer: number, random: Random, company: boolean): number {
    const place = Math.floor(random.unit() ** 1.5 * CIRCLE);
    if (random.unit() < STRANGER_SHARE) return this.customer(random, company);
    const unit = unitHash(this.#seed, STREAM.circle, customer * 2 + Number(company), place);
    const [first, end] = company ? [this.firstCompany, this.customers] : [0, this.firstCompany];
    return first + Math.floor(unit * (end - first));
  }

  /** The payment institution a customer pays through: it has accounts at two, and uses the first most. */
  paymentOf(customer: number, unit: number): number {
    return this.#payments.draw(unitHash(this.#seed, STREAM.wallets, customer, unit < FIRST_WALLET_SHARE ? 0 : 1));
  }

  /** Where a customer shops: mostly its own shops, now and then another. */
  shop(customer: number, payment: number, random: Random): Merchant {
    const place = Math.floor(random.unit() ** 1.5 * FAVOURITES);
    const unit = random.unit();
    return this.merchant(payment, random.unit() < ELSEWHERE_SHARE ? unit : unitHash(this.#seed, STREAM.favourites, customer, place));
  }

  /** Who pays a customer through a payment institution: the same one or two merchants each time. */
  payerOf(customer: number, payment: number, unit: number): Merchant {
    return this.merchant(payment, unitHash(this.#seed, STREAM.employer, customer, unit < 0.8 ? 0 : 1));
  }

  /** One of a customer's one to four bank accounts, the first most often. */
  accountSlot(customer: number, unit: number): number {
    const held = 1 + Math.floor(unitHash(this.#seed, STREAM.accountCount, customer) ** 1.6 * ACCOUNTS_MAX);
    return Math.floor(unit ** 2 * held);
  }

  bankOf(customer: number, slot: number): number {
    return this.#banks.draw(unitHash(this.#seed, STREAM.accountBank, customer, slot));
  }

  /** A bank account number under the bank's own made-up issuer prefix (9001 … 9341): 19 digits at most banks, 16 to 18 at some. */
  bankAccount(bank: number, customer: number, slot: number): string {
    const length = [19, 19, 19, 19, 16, 18, 17, 19][hash(this.#seed, STREAM.accountLength, bank) & 7] as number;
    return this.#number(9001 + bank, length, customer * ACCOUNTS_MAX + slot);
  }

  /** A customer's account at a payment institution: 16 digits, prefix 9501 … 9601. */
  wallet(payment: number, customer: number): string {
    return this.#number(9501 + payment, 16, customer * 128 + payment + 0x40000000);
  }

  /** A merchant of a payment institution, the big ones far more often. */
  merchant(payment: number, unit: number): Merchant {
    const merchants = this.#merchantsOf[payment] as readonly Merchant[];
    return merchants[Math.floor(unit ** 2.4 * merchants.length)] as Merchant;
  }

  /** The number under which a customer lets a payment institution debit an account. */
  agreementNo(customer: number, slot: number, payment: number): string {
    const high = hash(this.#seed, STREAM.agreement, customer * ACCOUNTS_MAX + slot, payment);
    return `SGN${String(9501 + payment)}${String(high).padStart(10, '0')}`;
  }

  #number(prefix: number, length: number, owner: number): string {
    const digits = length - 5;
    const low = String(hash(this.#seed, STREAM.accountNumber, owner, prefix) % 10_000_000).padStart(7, '0');
    const high = String(hash(this.#seed, STREAM.accountNumber, owner, prefix + 10_000) % 10_000_000).padStart(7, '0');
    const body = prefix + (high + low).slice(14 - digits);
    return body + luhnDigit(body);
  }

  #foundMerchants(paymentWeights: readonly number[]): Merchant[][] {
    const total = paymentWeights.reduce((sum, weight) => sum + weight, 0);
    const categories = new AliasTable(CATEGORIES.map(([, share]) => share));
    const random = new Random();
    let number = 0;
    return paymentWeights.map((weight, payment) =>
      Array.from({ length: Math.max(3, Math.round((this.customers * MERCHANT_SHARE * weight) / total)) }, () => {
        const ordinal = number++;
        random.at(this.#seed, STREAM.merchant, ordinal);
        const [category, , ticketFactor] = CATEGORIES[categories.draw(random.unit())] as (typeof CATEGORIES)[number];
        const bank = this.#banks.draw(random.unit());
        return {
          id: `M${9501 + payment}${String(10_000_000 + ordinal * 37).slice(-8)}`,
          payment,
          bank,
          bankAccount: this.#number(9001 + bank, 17, 0x20000000 + ordinal),
          wallet: this.#number(9501 + payment, 16, 0x30000000 + ordinal),
          category,
          ticketFactor: ticketFactor * random.logNormal(1, 0.3),
          terminals: 1 + Math.floor(random.unit() ** 2 * 9),
          settlesToBank: random.unit() < 0.36,
        };
      }),
    );
  }
}

function luhnDigit(body: string): number {
  let sum = 0;
  for (let i = body.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = body.charCodeAt(i) - 48;
    const value = double ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

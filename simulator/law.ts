import { AliasTable } from './alias-table';
import { BARCODE_CAP_MINOR, PAYMENT_MAX_MINOR, TYPE_LAWS, type TypeLaw } from './business-types';
import { type CountryInstitution, countryInstitutions } from './country';
import { Disturbances } from './disturbances';
import { transactionId, uuidOf } from './identifiers';
import { institutionProfiles, type Profile } from './institution-profiles';
import { drawPeople } from './misconduct/draw-people';
import { Misconduct } from './misconduct/misconduct';
import { plantedPayment } from './misconduct/planted-payment';
import type { Payment, PaymentStatus } from './payment';
import { Population } from './population';
import { Random, unitHash } from './random';
import type { Disturbance } from './scenarios/scenario';
import { STREAM } from './streams';
import { Volume } from './volume';

/** Agreement payments that only fill up the customer's own account at the payment institution. */
const TOP_UP_SHARE = 0.13;
const UNKNOWN_SHARE = 0.0009;
/** Without an answer for so long, a payment is reported as unknown. */
const TIMEOUT_MS = 10_000;
/** The residual of direct payments halves in so many days after this date. */
const DIRECT_HALF_LIFE_DAYS = 30;
const DIRECT_ORIGIN_SECOND = Date.parse('2026-10-24T00:00:00+08:00') / 1000;
const TIERS = ['D', 'C', 'B', 'B', 'A'] as const;
const DECLINES = ['B051', 'B051', 'B051', 'B061', 'B061', 'B014', 'B055', 'B041', 'B059'] as const;
const FAILURES = ['S901', 'S901', 'S503', 'S504', 'S096'] as const;

type End = { index: number; account: string };
type Ends = { payer: End; payee: End; intermediary: number | undefined; customer: number; slot: number; payment: number };

/**
 * What the country pays: a pure function of (seed, mean rate). Any second and any single payment of it can be asked for, in any order,
 * and is the same each time.
 */
export class Law {
  readonly seed: number;
  readonly institutions: readonly CountryInstitution[];
  readonly disturbances: Disturbances;
  readonly profiles: readonly Profile[];
  readonly population: Population;
  /** Who does wrong when; absent in a country of honest people. */
  readonly misconduct: Misconduct | undefined;
  readonly #volume: Volume;
  readonly #types = new AliasTable(TYPE_LAWS.map(({ share }) => share));
  readonly #random = new Random();
  /** Index into `institutions` of the first bank and of the first payment institution. */
  readonly firstBank: number;
  readonly firstPayment: number;

  /** `misconduct.quickFrom`: from this epoch second on it happens every few minutes, before a few times a day. */
  constructor(input: { seed: number; meanRate: number; misconduct?: { quickFrom: number } }) {
    this.seed = input.seed;
    this.institutions = countryInstitutions(input.seed);
    this.disturbances = new Disturbances({ seed: input.seed, institutions: this.institutions });
    this.profiles = institutionProfiles(this.institutions, input.seed);
    this.#volume = new Volume(input);
    const weights = (kind: string) => this.institutions.filter((institution) => institution.kind === kind).map(({ weight }) => weight);
    this.population = new Population({ ...input, bankWeights: weights('bank'), paymentWeights: weights('payment') });
    this.firstBank = this.institutions.findIndex(({ kind }) => kind === 'bank');
    this.firstPayment = this.institutions.findIndex(({ kind }) => kind === 'payment');
    this.misconduct =
      input.misconduct &&
      new Misconduct({ seed: input.seed, draw: drawPeople(this.population, this), quickFrom: input.misconduct.quickFrom });
  }

  /** Number of payments accepted in an epoch second, refunds apart; some of them may turn out not to be made. */
  count(second: number): number {
    return this.#volume.count(second);
  }

  /** The payments of a second in the order of acceptance, refunds apart. */
  *payments(second: number): Generator<Payment> {
    const count = this.#volume.count(second);
    const planted = (this.misconduct?.at(second) ?? []).map((move) => plantedPayment(move, this));
    let next = 0;
    for (let index = 0; index < count; index++) {
      const payment = this.payment({ second, index, count });
      if (!payment) continue;
      while (next < planted.length && (planted[next] as Payment).acceptedMs < payment.acceptedMs) yield planted[next++] as Payment;
      yield payment;
    }
    yield* planted.slice(next);
  }

  /** One payment of a second that has `count`; undefined where a disturbance keeps the customer from paying. */
  payment({ second, index, count }: { second: number; index: number; count: number }): Payment | undefined {
    const random = this.#random.at(this.seed, STREAM.payment, second, index);
    const law = TYPE_LAWS[this.#types.draw(random.unit())] as TypeLaw;
    const disturbed = this.disturbances.at(second);
    const ends = this.#ends(law, random, disturbed);
    if (!ends) return undefined;
    const merchant =
      isPurchase(law.type) && !(law.type === 'agreement' && random.unit() < TOP_UP_SHARE)
        ? this.population.shop(ends.customer, ends.payment - this.firstPayment, random)
        : undefined;
    if (merchant)
      this.#settleAt(
        ends,
        merchant.settlesToBank && !disturbed.get(this.institutions[this.firstBank + merchant.bank]?.code as string)?.reroutedShare,
        merchant,
      );
    const troubles = this.#troubles(ends, disturbed);
    for (const trouble of troubles) if (random.unit() < trouble.lostShare) return undefined;

    const tier = law.type === 'barcode' ? (TIERS[random.below(TIERS.length)] as 'A' | 'B' | 'C' | 'D') : undefined;
    const amountMinor = this.#amount({
      law,
      random,
      ticketFactor: merchant?.ticketFactor ?? 1,
      company: ends.customer >= this.population.firstCompany,
      tier,
    });

    const acceptedMs = second * 1000 + Math.floor(((index + random.unit()) / count) * 1000);
    const slow = troubles.reduce((factor, trouble) => factor * trouble.latencyFactor, 1);
    const payerProfile = this.profiles[ends.payer.index] as Profile;
    const payeeProfile = this.profiles[ends.payee.index] as Profile;
    const tail = random.unit() < 0.006 ? 2 + random.unit() * 5 : 1;
    const payerMs = Math.max(1, Math.round(random.logNormal(payerProfile.debitMs, payerProfile.sigma) * slow * tail));
    const payeeMs = Math.max(1, Math.round(random.logNormal(payeeProfile.creditMs, payeeProfile.sigma) * slow));
    const hopMs = 4 + random.below(9);
    const initiatedMs = acceptedMs - 12 - Math.round(random.logNormal(45, 0.6));

    const verdict = this.#verdict({ law, random, ends, troubles });
    const declinedMs = acceptedMs + payerMs + 2 * hopMs;
    const answeredMs = declinedMs + payeeMs + 2 * hopMs;
    const late = verdict === 'failed' && random.unit() < 0.5 ? 3_000 + random.below(4_000) : 0;
    const respondedMs = verdict === 'unknown' ? undefined : (verdict === 'succeeded' ? answeredMs : declinedMs) + late;
    const salt = random.bits();
    const direct = this.#isDirect(law, ends, second, random.unit());
    const purchase = isPurchase(law.type);

    return {
      id: transactionId({ seed: this.seed, second, index }),
      businessType: law.type,
      route: direct ? 'direct' : 'cleared',
      channel: law.channels[random.below(law.channels.length)] as string,
      status: verdict,
      systemCode: verdict === 'failed' ? (FAILURES[random.below(FAILURES.length)] as string) : verdict === 'unknown' ? 'S900' : 'S000',
      businessCode: verdict === 'succeeded' ? 'B000' : verdict === 'declined' ? DECLINES[random.below(DECLINES.length)] : undefined,
      payer: ends.payer.index,
      payerAccount: ends.payer.account,
      intermediary: ends.intermediary,
      payee: ends.payee.index,
      payeeAccount: ends.payee.account,
      amountMinor,
      initiatedMs,
      acceptedMs,
      respondedMs,
      reportedMs: respondedMs ?? acceptedMs + TIMEOUT_MS,
      resolution: verdict === 'unknown' ? resolution(acceptedMs, random) : undefined,
      payerMs,
      payeeMs,
      hopMs,
      endToEndId:
        purchase && (salt & 3) < 2
          ? `${this.institutions[ends.payment]?.code}${second}${String(salt % 1_000_000).padStart(6, '0')}`
          : undefined,
      uetr: law.type === 'transfer' || (law.type === 'payout' && (salt & 3) === 0) ? uuidOf(this.seed, salt, second) : undefined,
      agreementNo:
        law.type === 'agreement' || law.type === 'entrusted'
          ? this.population.agreementNo(ends.customer, ends.slot, ends.payment - this.firstPayment)
          : undefined,
      merchantId: merchant?.id,
      terminalId:
        merchant && law.type === 'barcode'
          ? `T${merchant.id.slice(5)}${String(random.below(merchant.terminals) + 1).padStart(2, '0')}`
          : undefined,
      merchantCategory: merchant?.category,
      barcodeTier: tier,
      originalId: undefined,
      salt,
    };
  }

  /** Who pays whom. Silent and stopped institutions are led around; undefined where no way round is found. */
  #ends(law: TypeLaw, random: Random, disturbed: ReadonlyMap<string, Disturbance>): Ends | undefined {
    for (let attempt = 0; attempt < 6; attempt++) {
      const ends = this.#draw(law, random);
      const open = [ends.payer.index, ends.payee.index, ends.payment].every((index) => {
        const rerouted = index < 0 ? 0 : (disturbed.get(this.institutions[index]?.code as string)?.reroutedShare ?? 0);
        return rerouted === 0 || random.unit() >= rerouted;
      });
      if (open) return ends;
    }
    return undefined;
  }

  #draw(law: TypeLaw, random: Random): Ends {
    const population = this.population;
    const company = random.below(1000) < law.companyPermille;
    const customer = population.customer(random, company);
    const slot = population.accountSlot(customer, random.unit());
    const bank = population.bankOf(customer, slot);
    const own = { index: this.firstBank + bank, account: population.bankAccount(bank, customer, slot) };
    if (law.type === 'transfer') {
      const other = population.acquaintance(customer, random, random.below(1000) < law.companyPermille);
      // Money is sent to the account that one has been given.
      const otherSlot = 0;
      const otherBank = population.bankOf(other, otherSlot);
      const same = other === customer && otherSlot === slot;
      const payee = {
        index: this.firstBank + otherBank,
        account: population.bankAccount(otherBank, other, same ? otherSlot + 1 : otherSlot),
      };
      return { payer: own, payee, intermediary: undefined, customer, slot, payment: -1 };
    }
    const ordinal = population.paymentOf(customer, random.unit());
    const payment = this.firstPayment + ordinal;
    const wallet = { index: payment, account: population.wallet(ordinal, customer) };
    if (law.type === 'withdrawal') return { payer: wallet, payee: own, intermediary: undefined, customer, slot, payment };
    if (law.type === 'payout') {
      const merchant = population.payerOf(customer, ordinal, random.unit());
      return { payer: { index: payment, account: merchant.wallet }, payee: own, intermediary: undefined, customer, slot, payment };
    }
    return { payer: own, payee: wallet, intermediary: undefined, customer, slot, payment };
  }

  /** A purchase ends at the merchant: in its account at the payment institution, or through that in its bank account. */
  #settleAt(ends: Ends, toBank: boolean, merchant: { bank: number; bankAccount: string; wallet: string }): void {
    if (toBank) {
      ends.intermediary = ends.payment;
      ends.payee = { index: this.firstBank + merchant.bank, account: merchant.bankAccount };
    } else {
      ends.payee = { index: ends.payment, account: merchant.wallet };
    }
  }

  #troubles(ends: Ends, disturbed: ReadonlyMap<string, Disturbance>): Disturbance[] {
    if (disturbed.size === 0) return [];
    const indexes = new Set([ends.payer.index, ends.payee.index, ends.payment]);
    const out: Disturbance[] = [];
    for (const index of indexes) {
      const trouble = index < 0 ? undefined : disturbed.get(this.institutions[index]?.code as string);
      if (trouble) out.push(trouble);
    }
    return out;
  }

  #verdict(input: { law: TypeLaw; random: Random; ends: Ends; troubles: readonly Disturbance[] }): PaymentStatus {
    const { law, random, ends, troubles } = input;
    const payer = this.profiles[ends.payer.index] as Profile;
    const payee = this.profiles[ends.payee.index] as Profile;
    for (const trouble of troubles) {
      if (random.unit() < trouble.failShare) return random.unit() < 0.04 ? 'unknown' : 'failed';
    }
    const draw = random.unit();
    if (draw < UNKNOWN_SHARE) return 'unknown';
    const failed = UNKNOWN_SHARE + payer.failShare + payee.failShare;
    if (draw < failed) return 'failed';
    return draw < failed + payer.declineShare * law.declineFactor ? 'declined' : 'succeeded';
  }

  #amount(input: {
    law: TypeLaw;
    random: Random;
    ticketFactor: number;
    company: boolean;
    tier: 'A' | 'B' | 'C' | 'D' | undefined;
  }): number {
    const { law, random, ticketFactor, company, tier } = input;
    let minor = random.logNormal(law.medianMinor, law.sigma) * ticketFactor * (company ? 6 : 1);
    // Limits bound what people ask for, and few pay the limit exactly.
    const cap = tier ? BARCODE_CAP_MINOR[tier] : PAYMENT_MAX_MINOR;
    if (minor > cap) minor = cap * (0.15 + 0.8 * random.unit());
    const ending = random.unit();
    const round = law.type === 'withdrawal' || law.type === 'transfer' || law.type === 'payout';
    if (round && ending < 0.45 && minor > 10_000) minor = Math.round(minor / 10_000) * 10_000;
    else if (ending < 0.4 && minor > 100) minor = Math.round(minor / 100) * 100;
    else if (ending > 0.86 && minor > 200) minor = Math.floor(minor / 100) * 100 - 10;
    return Math.max(1, Math.min(cap, Math.round(minor)));
  }

  /** A few pairs of institution and bank still pay each other directly, fewer by the month. */
  #isDirect(law: TypeLaw, ends: Ends, second: number, unit: number): boolean {
    if (ends.payment < 0 || (law.type !== 'agreement' && law.type !== 'entrusted' && law.type !== 'withdrawal')) return false;
    const bank = ends.payer.index === ends.payment ? ends.payee.index : ends.payer.index;
    const stance = unitHash(this.seed, STREAM.directPair, ends.payment, bank);
    if (stance > 0.14) return false;
    const share = 0.35 * 2 ** (-Math.max(0, second - DIRECT_ORIGIN_SECOND) / 86_400 / DIRECT_HALF_LIFE_DAYS);
    return unit < share;
  }
}

export function isPurchase(type: string): boolean {
  return (
    type === 'agreement' || type === 'barcode' || type === 'gateway' || type === 'authenticated' || type === 'entrusted' || type === 'other'
  );
}

function resolution(acceptedMs: number, random: Random): Payment['resolution'] {
  const found = random.unit();
  const afterMs = Math.min(1_700_000, Math.round(random.logNormal(75_000, 1.1)));
  if (found > 0.97) return undefined;
  return { status: found < 0.7 ? 'succeeded' : 'failed', atMs: acceptedMs + TIMEOUT_MS + 1_000 + afterMs };
}

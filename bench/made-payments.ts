import type pg from 'pg';
import { BUSINESS_TYPES, type BusinessType, type Route, type TransactionStatus } from '@/domain/clearing/transaction';
import { transactionKeyOf } from '@/server/identity';

export type MadePayment = {
  readonly id: string;
  readonly acceptedAtMs: number;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly status: TransactionStatus;
  readonly payer: Side;
  readonly intermediary: Institution;
  readonly payee: Side;
  readonly amountMinor: number;
  readonly latencyMs: number;
  readonly sessionNo: string;
};
type Institution = { readonly id: number; readonly code: string };
type Side = Institution & { readonly account: string };

const ACCOUNTS_PER_BANK = 500;

/** Payments like those of a real platform: two payment institutions carry most, banks are Zipf-like, a few percent do not succeed. */
export class PaymentMaker {
  readonly #banks: readonly Institution[];
  readonly #payments: readonly Institution[];
  readonly #run: string;
  #seed: number;
  #count = 0;

  private constructor(institutions: readonly (Institution & { kind: string })[], run: string) {
    this.#banks = institutions.filter(({ kind }) => kind === 'bank');
    this.#payments = institutions.filter(({ kind }) => kind === 'payment');
    this.#run = run;
    this.#seed = 20_261_123;
  }

  /** `run` keeps the ids of several runs apart. */
  static async open(pool: pg.Pool, run: string): Promise<PaymentMaker> {
    const { rows } = await pool.query<Institution & { kind: string }>('select id, code, kind::text as kind from institution order by id');
    return new PaymentMaker(rows, run);
  }

  next(acceptedAtMs: number): MadePayment {
    this.#count += 1;
    const payer = this.#side();
    const type = BUSINESS_TYPES[Math.floor(this.#unit() ** 2 * BUSINESS_TYPES.length)] as BusinessType;
    const outcome = this.#unit();
    const day = new Date(acceptedAtMs + 8 * 3_600_000).toISOString();
    return {
      id: `${this.#run}${String(this.#count).padStart(12, '0')}`,
      acceptedAtMs,
      businessType: type,
      route: this.#unit() < 0.98 ? 'cleared' : 'direct',
      status: outcome < 0.955 ? 'succeeded' : outcome < 0.985 ? 'declined' : outcome < 0.995 ? 'failed' : 'unknown',
      payer,
      intermediary: this.#pick(this.#payments, 3),
      payee: this.#side(),
      amountMinor: Math.floor(100 * Math.exp(this.#unit() * 9)),
      latencyMs: Math.floor(30 + 400 * this.#unit() ** 4 + (this.#unit() < 0.01 ? 3_000 : 0)),
      sessionNo: `${day.slice(0, 10).replaceAll('-', '')}-${day.slice(11, 13)}`,
    };
  }

  #side(): Side {
    const bank = this.#pick(this.#banks, 2.5);
    return {
      ...bank,
      account: `62${String(bank.id).padStart(4, '0')}${String(Math.floor(this.#unit() ** 2 * ACCOUNTS_PER_BANK)).padStart(10, '0')}`,
    };
  }

  #pick<T>(from: readonly T[], skew: number): T {
    return from[Math.floor(this.#unit() ** skew * from.length)] as T;
  }

  // Mulberry32: the same payments in every run.
  #unit(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}

/** As an institution sends it. */
export function feedLine(payment: MadePayment): string {
  const { payer, payee, acceptedAtMs } = payment;
  return JSON.stringify({
    id: payment.id,
    sessionNo: payment.sessionNo,
    businessType: payment.businessType,
    route: payment.route,
    channel: 'APP',
    status: payment.status,
    systemCode: '00',
    businessCode: payment.status === 'declined' ? '51' : '00',
    payer: { institution: payer.code, account: payer.account },
    intermediary: payment.intermediary.code,
    payee: { institution: payee.code, account: payee.account },
    amountMinor: String(payment.amountMinor),
    currency: 'CNY',
    initiatedAt: new Date(acceptedAtMs - 20).toISOString(),
    acceptedAt: new Date(acceptedAtMs).toISOString(),
    respondedAt: new Date(acceptedAtMs + payment.latencyMs).toISOString(),
  });
}

/** As COPY takes it, in the order of COPY_COLUMNS. */
export function copyLine(payment: MadePayment, accountOf: (side: { id: number; account: string }) => string): string {
  const { payer, payee, intermediary, acceptedAtMs } = payment;
  const accepted = new Date(acceptedAtMs).toISOString();
  const responded = new Date(acceptedAtMs + payment.latencyMs).toISOString();
  return `${transactionKeyOf(payment.id)}\t${accepted}\t0\t1\t${payment.id}\t${payment.sessionNo}\t${payment.businessType}\t${payment.route}\t${payment.status}\t${payer.id}\t${accountOf(payer)}\t${intermediary.id}\t${payee.id}\t${accountOf(payee)}\t${payment.amountMinor}\tCNY\t${responded}\n`;
}

export const COPY_COLUMNS = `transaction_key, accepted_at, batch_id, line_no, transaction_id, session_no, business_type, route, status,
  payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account, amount_minor, currency, responded_at`;

import type pg from 'pg';
import { transactionKeyOf } from '@/server/identity';
import { transactionLine } from '@/simulator/feed-lines';
import { Law } from '@/simulator/law';
import type { Payment } from '@/simulator/payment';

/** The simulated country's payments, as the simulator sends them: its institutions, customers, merchants, tickets and outcomes. */
export class PaymentMaker {
  readonly #law: Law;
  readonly #payments: Generator<Payment>;

  /** `seed` tells the ids of several runs apart; `meanRate` is payments a second on the mean of a day. */
  constructor(input: { seed: number; meanRate: number; fromSecond: number }) {
    this.#law = new Law(input);
    this.#payments = everySecond(this.#law, input.fromSecond);
  }

  /** In the order of acceptance, without end. */
  next(): Payment {
    return this.#payments.next().value as Payment;
  }

  /** As an institution sends it. */
  line(payment: Payment): string {
    return transactionLine(this.#law.institutions, payment, undefined);
  }

  /** The database's ids of institutions, by the simulator's index. */
  async institutionIds(pool: Pick<pg.Pool, 'query'>): Promise<readonly number[]> {
    const { rows } = await pool.query<{ id: number; code: string }>('select id, code from institution');
    const ids = new Map(rows.map(({ id, code }) => [code, id]));
    return this.#law.institutions.map(({ code }) => ids.get(code) as number);
  }
}

function* everySecond(law: Law, from: number): Generator<Payment> {
  for (let second = from; ; second++) yield* law.payments(second);
}

/** The same payment made at another time. */
export function movedTo(payment: Payment, acceptedMs: number): Payment {
  const by = acceptedMs - payment.acceptedMs;
  return {
    ...payment,
    acceptedMs,
    initiatedMs: payment.initiatedMs + by,
    respondedMs: payment.respondedMs === undefined ? undefined : payment.respondedMs + by,
  };
}

export const COPY_COLUMNS = `transaction_key, accepted_at, batch_id, line_no, transaction_id, end_to_end_id, uetr, business_type, route, channel,
  status, system_code, business_code, payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account,
  amount_minor, currency, initiated_at, responded_at, agreement_no, merchant_id, terminal_id, merchant_category, barcode_tier`;

/** As COPY takes it, in the order of COPY_COLUMNS. */
export function copyLine(
  payment: Payment,
  known: { readonly institutionIds: readonly number[]; readonly accountId: (institutionId: number, account: string) => string },
): string {
  const payer = known.institutionIds[payment.payer] as number;
  const payee = known.institutionIds[payment.payee] as number;
  const time = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return `${[
    transactionKeyOf(payment.id),
    time(payment.acceptedMs),
    0,
    1,
    payment.id,
    payment.endToEndId,
    payment.uetr,
    payment.businessType,
    payment.route,
    payment.channel,
    payment.status,
    payment.systemCode,
    payment.businessCode,
    payer,
    known.accountId(payer, payment.payerAccount),
    payment.intermediary === undefined ? undefined : known.institutionIds[payment.intermediary],
    payee,
    known.accountId(payee, payment.payeeAccount),
    payment.amountMinor,
    'CNY',
    time(payment.initiatedMs),
    time(payment.respondedMs),
    payment.agreementNo,
    payment.merchantId,
    payment.terminalId,
    payment.merchantCategory,
    payment.barcodeTier,
  ]
    .map((value) => value ?? '\\N')
    .join('\t')}\n`;
}

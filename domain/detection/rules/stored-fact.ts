import type { RuleFact } from './rule';

/** What is stored of a payment and matters to rules. */
export type RuledPayment = {
  readonly key: string;
  readonly acceptedAtMs: number;
  readonly businessType: string;
  readonly route: string;
  readonly payerAccount: string;
  readonly payeeAccount: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly merchantId: string | null;
  readonly terminalId: string | null;
  readonly merchantCategory: string | null;
  readonly barcodeTier: string | null;
};

/**
 * What rules are told of a stored payment, live and in a replay alike. The feed knows accounts, not customers: an account stands for its
 * customer, which never counts more together than belongs together. Nothing on this platform is cash, and nobody has an exemption from
 * clearing. What the feed does not say (kind of customer, account class, real name, border, counter, phone, area) stays absent, so that
 * rules which ask for it are not evaluable.
 */
export function storedFact(payment: RuledPayment): RuleFact {
  return {
    id: payment.key,
    atMs: payment.acceptedAtMs,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    payer: payment.payerAccount,
    payee: payment.payeeAccount,
    payerCustomer: payment.payerAccount,
    payeeCustomer: payment.payeeAccount,
    businessType: payment.businessType,
    route: payment.route,
    cash: false,
    exempt: false,
    ...(payment.barcodeTier === null ? {} : { barcodeTier: payment.barcodeTier }),
    ...(payment.terminalId === null ? {} : { terminal: payment.terminalId }),
    ...(payment.merchantId === null ? {} : { merchant: payment.merchantId }),
    ...(payment.merchantCategory === null ? {} : { mcc: payment.merchantCategory }),
  };
}

import type { RuleFact } from '@/domain/detection/rules/rule';
import type { StoredPayment } from '../feed/stored-payment';

/**
 * What rules are told of a stored payment. The feed knows accounts, not customers: an account stands for its customer, which never counts
 * more together than belongs together. Nothing on this platform is cash, and nobody has an exemption from clearing. What the feed does not
 * say (kind of customer, account class, real name, border, counter, phone, area) stays absent, so that rules which ask for it are not evaluable.
 */
export function factOf(payment: StoredPayment): RuleFact {
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

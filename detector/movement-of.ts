import { currencyPlaces } from '@/domain/currency';
import type { Movement, MovementChannel } from '@/domain/detection/movement';
import type { StoredPayment } from './feed/stored-payment';

const CHANNELS: { readonly [type: string]: MovementChannel } = { withdrawal: 'withdrawal', transfer: 'transfer' };

/**
 * A stored payment as the graph's detectors see it; undefined for a refund, which undoes a payment and carries no new money: left in, every
 * returned purchase would be a way home.
 */
export function movementOf(payment: StoredPayment): Movement | undefined {
  if (payment.businessType === 'refund') return undefined;
  return {
    id: payment.key,
    atMs: payment.acceptedAtMs,
    payer: payment.payerAccount,
    payee: payment.payeeAccount,
    payerInstitution: String(payment.payerInstitutionId),
    payeeInstitution: String(payment.payeeInstitutionId),
    amount: Number(payment.amountMinor) / 10 ** (currencyPlaces(payment.currency) ?? 2),
    currency: payment.currency,
    channel: CHANNELS[payment.businessType] ?? 'payment',
    ...(payment.terminalId !== null && payment.merchantId !== null ? { terminal: payment.terminalId, merchant: payment.merchantId } : {}),
  };
}

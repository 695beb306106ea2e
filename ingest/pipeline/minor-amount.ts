import { type AmountFault, parseAmount, parseMinor } from '@/domain/money';
import { type Refusal, refuse } from './refusal';

const SAID: Readonly<Record<AmountFault, string>> = {
  'amount-syntax': 'Must be a plain decimal number in a string, such as "478200.00"; as minor units a whole one.',
  'amount-scale': 'The amount has more decimal places than its currency.',
  'amount-zero': 'The amount is zero.',
  'amount-negative': 'The amount is negative.',
  'amount-range': 'The amount is more than 9223372036854775807 minor units.',
  'currency-unknown': 'ISO 4217 lists no such currency.',
};

/** Minor units of a line that has passed its field rules; a line says either `amount` or `amountMinor`. */
export function minorAmount(line: {
  readonly amount?: unknown;
  readonly amountMinor?: unknown;
  readonly currency?: unknown;
}): bigint | Refusal {
  const { amount, amountMinor, currency } = line as { amount?: string; amountMinor?: string; currency: string };
  if (amount !== undefined && amountMinor !== undefined)
    return refuse('both-amounts', 'amountMinor', 'Give amount or amountMinor, not both.');
  if (amount === undefined && amountMinor === undefined)
    return refuse('missing-field', 'amount', 'Either amount or amountMinor is needed.');
  const parsed = amount !== undefined ? parseAmount(amount, currency) : parseMinor(amountMinor as string, currency);
  if (parsed.ok) return parsed.minor;
  const field = parsed.fault === 'currency-unknown' ? 'currency' : amount !== undefined ? 'amount' : 'amountMinor';
  return refuse(parsed.fault, field, SAID[parsed.fault]);
}

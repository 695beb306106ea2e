import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { type Element, textAt } from './xml-tree';

// Category purposes and local instruments (external code lists) that have a word of the platform. The rest are transfers.
const BY_CODE: Readonly<Record<string, BusinessType>> = {
  SALA: 'payout',
  PENS: 'payout',
  SSBE: 'payout',
  GOVT: 'payout',
  BONU: 'payout',
  DIVI: 'payout',
  EPAY: 'gateway',
  IDCP: 'gateway',
  CCRD: 'gateway',
  DCRD: 'gateway',
  DDBT: 'entrusted',
  RRCT: 'refund',
  OTHR: 'other',
};

/** Business type of PmtTpInf: a proprietary word that is one of the platform's own is taken as it is. */
export function businessType(payment: Element | undefined): BusinessType {
  for (const element of ['LclInstrm', 'CtgyPurp']) {
    const proprietary = textAt(payment, element, 'Prtry')?.toLowerCase();
    const own = BUSINESS_TYPES.find((type) => type === proprietary);
    if (own) return own;
    const mapped = BY_CODE[textAt(payment, element, 'Cd') ?? ''];
    if (mapped) return mapped;
  }
  return 'transfer';
}

import { businessTime } from '../business-time';
import type { Law } from '../law';
import type { SimulatedDebit } from './bank-debits';

/** A debit as its bank's line of the feed. */
export function debitLine(law: Law, debit: SimulatedDebit): string {
  const code = (index: number) => law.institutions[index]?.code as string;
  const option = (name: string, value: string | undefined) => (value === undefined ? '' : `,"${name}":"${value}"`);
  return (
    `{"bank":"${code(debit.bank)}","serial":"${debit.serial}","institution":"${code(debit.institution)}","businessType":"${debit.businessType}"` +
    `,"debitedAt":"${businessTime(debit.debitedMs)}","amountMinor":"${debit.amountMinor}","currency":"CNY"` +
    `${option('transactionId', debit.transactionId)}${option('agreementNo', debit.agreementNo)}}`
  );
}

import type { OutcomeLineInput, SettlementLineInput, TransactionLineInput } from '../message-format';
import type { Element } from './xml-tree';

/** What one payment of a message becomes on the feed. The feed's own checks still follow: the format only translates. */
export type MappedLine =
  | { readonly kind: 'transaction'; readonly line: TransactionLineInput }
  | { readonly kind: 'outcome'; readonly line: OutcomeLineInput }
  | { readonly kind: 'settlement'; readonly line: SettlementLineInput }
  | { readonly kind: 'refused'; readonly reason: MappingFault; readonly field: string; readonly detail: string };

/** One payment of a message, with everything that it becomes. */
export type MappedPayment = { readonly source: Element; readonly lines: readonly MappedLine[] };

export type MappingFault =
  | 'identifier-missing'
  | 'identifier-syntax'
  | 'time-syntax'
  | 'account-missing'
  | 'institution-code'
  | 'return-parties-missing'
  | 'group-recall'
  | 'session-missing'
  | 'entry-status'
  | 'amount-syntax';

export function refused(reason: MappingFault, field: string, detail: string): MappedLine {
  return { kind: 'refused', reason, field, detail };
}

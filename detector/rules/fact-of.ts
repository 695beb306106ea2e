import type { RuleFact } from '@/domain/detection/rules/rule';
import { storedFact } from '@/domain/detection/rules/stored-fact';
import type { StoredPayment } from '../feed/stored-payment';

/** What rules are told of a stored payment: the same as in a replay. */
export function factOf(payment: StoredPayment): RuleFact {
  return storedFact(payment);
}

import { DAY_MS, HOUR_MS } from '@/domain/detection/movement';
import type { Rule } from '@/domain/detection/rules/rule';
import type { StoredPayment } from '../feed/stored-payment';

export type SubjectType = 'account' | 'institution' | 'pair' | 'merchant' | 'terminal' | 'platform';
export type HitSubject = {
  readonly type: SubjectType;
  readonly id: string;
  readonly institutionId: number | null;
  readonly period: string;
};

/** Whom an alert of this rule is about, and the period within which its hits are one alert. */
export function hitSubject(rule: Rule, payment: StoredPayment): HitSubject {
  const period = periodOf(rule, payment.acceptedAtMs);
  const field = rule.groupBy[0] ?? ('of' in rule.measure ? rule.measure.of : 'payer');
  if (field.startsWith('payee')) return { type: 'account', id: payment.payeeAccount, institutionId: payment.payeeInstitutionId, period };
  if (field === 'terminal' && payment.terminalId !== null)
    return { type: 'terminal', id: payment.terminalId, institutionId: payment.intermediaryId ?? payment.payeeInstitutionId, period };
  if (field === 'merchant' && payment.merchantId !== null)
    return { type: 'merchant', id: payment.merchantId, institutionId: payment.intermediaryId ?? payment.payeeInstitutionId, period };
  if (field === 'route') {
    // Whoever led the payment past clearing: a pair that does it once a day would be an alert a day, an institution that goes on is one.
    const leaves = payment.businessType === 'withdrawal' || payment.businessType === 'refund';
    const institutionId = payment.intermediaryId ?? (leaves ? payment.payerInstitutionId : payment.payeeInstitutionId);
    return { type: 'institution', id: String(institutionId), institutionId, period };
  }
  return { type: 'account', id: payment.payerAccount, institutionId: payment.payerInstitutionId, period };
}

/** Business days, years and blocks of thirty days in UTC+8; what is judged payment by payment goes by the day, what goes past clearing by the month. */
function periodOf(rule: Rule, atMs: number): string {
  const at = new Date(atMs + 8 * HOUR_MS).toISOString();
  switch (rule.window) {
    case 'calendar-year':
      return at.slice(0, 4);
    case 'lifetime':
      return 'all';
    case 'days-30':
      return `30d-${Math.floor((atMs + 8 * HOUR_MS) / (30 * DAY_MS))}`;
    case 'payment':
      return 'of' in rule.measure && rule.measure.of === 'route' ? at.slice(0, 7) : at.slice(0, 10);
    default:
      return at.slice(0, 10);
  }
}

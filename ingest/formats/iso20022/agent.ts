import { InstitutionCode } from '@/domain/ids';
import { type Element, textAt } from './xml-tree';

/**
 * What an agent element (FinInstnId inside) is called on the feed: its clearing system member id first, for that is the 12-digit code in China,
 * then BIC, LEI, other identification. A BIC of a head office is given without its "XXX".
 */
export function agentId(agent: Element | undefined): string | undefined {
  const member = textAt(agent, 'FinInstnId', 'ClrSysMmbId', 'MmbId');
  const bic = textAt(agent, 'FinInstnId', 'BICFI');
  const id = (/^\d{12}$/.test(member ?? '') ? member : undefined) ?? (bic && officeOf(bic)) ?? textAt(agent, 'FinInstnId', 'LEI');
  return id ?? member ?? textAt(agent, 'FinInstnId', 'Othr', 'Id');
}

/** The same, where it can be a code of the feed. */
export function institutionCode(agent: Element | undefined): InstitutionCode | undefined {
  const parsed = InstitutionCode.safeParse(agentId(agent));
  return parsed.success ? parsed.data : undefined;
}

/** "DEUTDEFFXXX" and "DEUTDEFF" are the same office. */
export function officeOf(bic: string): string {
  return bic.length === 11 && bic.endsWith('XXX') ? bic.slice(0, 8) : bic;
}

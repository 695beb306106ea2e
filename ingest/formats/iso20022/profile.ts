import { agentId } from './agent';
import type { IsoMessage } from './read-message';
import type { RuleFault } from './rules';
import { all, at, type Element, textAt } from './xml-tree';

/** Narrower rules of one community on top of the standard. Asked for by `?profile=cbpr-plus`. */
export const PROFILES = ['cbpr-plus'] as const;
export type Profile = (typeof PROFILES)[number];

/** Reads `cbpr-plus`, `cbpr+` or `CBPR+`; undefined for anything else. */
export function profileOf(text: string): Profile | undefined {
  return /^cbpr(\+|-plus)$/i.test(text) ? 'cbpr-plus' : undefined;
}

/** Cross-border payments and reporting: the first rule of the profile that the message breaks. */
export function profileFault(_profile: Profile, message: IsoMessage): RuleFault | undefined {
  const { header, definition } = message;
  if (!header) return { field: 'AppHdr', detail: 'the profile asks for a business application header', line: message.body.line };
  const named = textAt(header, 'MsgDefIdr');
  if (named !== definition) return fault(header, 'MsgDefIdr', `the header names ${named ?? 'nothing'}, the document is ${definition}`);
  const service = textAt(header, 'BizSvc');
  if (!/^swift\.cbprplus(\.(cov|stp|rem))?\.\d{2}$/.test(service ?? '')) {
    return fault(header, 'BizSvc', `the business service is ${service ?? 'absent'}, the profile's is swift.cbprplus.nn`);
  }
  return message.name === 'pacs.008.001' ? creditTransferFault(message) : undefined;
}

function creditTransferFault({ body }: IsoMessage): RuleFault | undefined {
  const group = at(body, 'GrpHdr');
  if (group && textAt(group, 'NbOfTxs') !== '1') return fault(group, 'NbOfTxs', 'the profile carries one payment a message');
  const settlement = at(group, 'SttlmInf');
  const method = textAt(settlement, 'SttlmMtd');
  if (settlement && method !== 'INDA' && method !== 'INGA') {
    return fault(settlement, 'SttlmMtd', `the settlement method is ${method}, the profile allows INDA and INGA`);
  }
  for (const payment of all(body, 'CdtTrfTxInf')) {
    if (!textAt(payment, 'PmtId', 'UETR')) return fault(payment, 'UETR', 'the profile asks for a UETR');
    if (textAt(payment, 'ChrgBr') === 'SLEV') return fault(payment, 'ChrgBr', 'the profile allows DEBT, CRED and SHAR');
    for (const agent of ['InstgAgt', 'InstdAgt']) {
      const here = at(payment, agent) ?? at(group, agent);
      if (!here || !textAt(here, 'FinInstnId', 'BICFI')) {
        return fault(payment, agent, `the profile asks for the BIC of ${agent}${here ? ` (it has ${agentId(here)})` : ''}`);
      }
    }
  }
  return undefined;
}

function fault(within: Element, field: string, detail: string): RuleFault {
  return { field, detail, line: at(within, field)?.line ?? within.line };
}

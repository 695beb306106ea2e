import { agentId } from './agent';
import { addDecimals, sameDecimal } from './decimal';
import type { IsoMessage } from './read-message';
import { statementFault } from './statement-rules';
import { all, at, type Element, isTrueAt, textAt } from './xml-tree';

export type RuleFault = { readonly field: string; readonly detail: string; readonly line: number };

const AGENTS = ['InstgAgt', 'InstdAgt', 'DbtrAgt', 'CdtrAgt', 'IntrmyAgt1', 'IntrmyAgt2', 'IntrmyAgt3'];
const BATCHES = {
  'pacs.008.001': { transactions: 'CdtTrfTxInf', amount: 'IntrBkSttlmAmt', total: 'TtlIntrBkSttlmAmt' },
  'pacs.004.001': { transactions: 'TxInf', amount: 'RtrdIntrBkSttlmAmt', total: 'TtlRtrdIntrBkSttlmAmt' },
} as const;

/** The first rule of the message that no schema can say and that is broken: these hold under every profile. */
export function ruleFault(message: IsoMessage): RuleFault | undefined {
  // A statement names whom it likes; what counts is whose account it is of, which the mapping asks for.
  if (message.name === 'camt.053.001' || message.name === 'camt.054.001') return statementFault(message);
  return unidentifiedAgent(message.body) ?? wrongTotals(message);
}

// The schema makes every way of naming an agent optional. An agent that only has a name is nobody a payment can be followed to.
function unidentifiedAgent(element: Element): RuleFault | undefined {
  if (AGENTS.includes(element.name) && agentId(element) === undefined) {
    const detail = `${element.name} has no identification: one of BICFI, LEI, ClrSysMmbId and Othr/Id is needed`;
    return { field: element.name, detail, line: element.line };
  }
  for (const child of element.children) {
    // What is told of another payment is not this message's to identify.
    if (child.name === 'OrgnlTxRef') continue;
    const fault = unidentifiedAgent(child);
    if (fault) return fault;
  }
  return undefined;
}

function wrongTotals({ name, body }: IsoMessage): RuleFault | undefined {
  if (name !== 'pacs.008.001' && name !== 'pacs.004.001') return undefined;
  const { transactions, amount, total } = BATCHES[name];
  const group = at(body, 'GrpHdr');
  const listed = all(body, transactions);
  const fault = (field: string, detail: string): RuleFault => ({ field, detail, line: at(group, field)?.line ?? body.line });

  const stated = textAt(group, 'NbOfTxs');
  const wholeGroup = isTrueAt(group, 'GrpRtr');
  if (stated !== undefined && !wholeGroup && Number(stated) !== listed.length) {
    return fault('NbOfTxs', `NbOfTxs says ${stated}, the message holds ${listed.length}`);
  }
  if (listed.length === 0) return undefined;
  const amounts = listed.map((transaction) => at(transaction, amount));
  const sum = addDecimals(amounts.map((element) => element?.text ?? ''));
  if (sum === undefined) return fault(amount, `some ${amount} is missing or is no decimal`);
  const control = textAt(group, 'CtrlSum');
  if (control !== undefined && !sameDecimal(control, sum)) {
    return fault('CtrlSum', `CtrlSum says ${control}, the amounts add up to ${sum}`);
  }
  const totalled = at(group, total);
  if (totalled) {
    const currency = totalled.currency;
    if (amounts.some((element) => element?.currency !== currency)) {
      return fault(total, `${total} is in ${currency}, some amount is in another currency`);
    }
    if (!sameDecimal(totalled.text, sum)) return fault(total, `${total} says ${totalled.text}, the amounts add up to ${sum}`);
  }
  return undefined;
}

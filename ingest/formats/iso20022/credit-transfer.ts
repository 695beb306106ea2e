import { accountNumber } from './account';
import { agentId, institutionCode } from './agent';
import { businessType } from './business-type';
import { feedId, identifier, paymentReference } from './identifiers';
import { type MappedLine, type MappedPayment, refused } from './mapped-line';
import type { IsoMessage } from './read-message';
import { routeOf, sessionNo } from './settlement';
import { instant } from './times';
import { all, at, type Element, textAt } from './xml-tree';

/** pacs.008: every payment of the message becomes a transaction. */
export function creditTransfers({ body }: IsoMessage): readonly MappedPayment[] {
  const group = at(body, 'GrpHdr');
  return all(body, 'CdtTrfTxInf').map((payment) => ({ source: payment, lines: [creditTransfer(group, payment)] }));
}

function creditTransfer(group: Element | undefined, payment: Element): MappedLine {
  const reference = paymentReference(at(payment, 'PmtId'), '');
  const id = feedId(reference);
  if (!id) return refused('identifier-missing', 'PmtId', 'the payment has no UETR, TxId or EndToEndId that could identify it');
  const created = instant(textAt(group, 'CreDtTm'));
  const accepted = instant(textAt(payment, 'AccptncDtTm'));
  const acceptedAt = accepted ?? created;
  if (!acceptedAt) return refused('time-syntax', 'CreDtTm', 'the message has no time of acceptance or creation');
  const payer = side(payment, 'Dbtr');
  if ('kind' in payer) return payer;
  const payee = side(payment, 'Cdtr');
  if ('kind' in payee) return payee;
  // A payment is an order until somebody says that it was carried out. Here that is the time at which the creditor was credited.
  const credited = instant(textAt(payment, 'SttlmTmIndctn', 'CdtDtTm'));
  const settled = credited !== undefined && credited >= acceptedAt ? credited : undefined;
  const amount = at(payment, 'IntrBkSttlmAmt');
  return {
    kind: 'transaction',
    line: {
      id,
      ...optional('endToEndId', identifier(reference.endToEndId)),
      ...optional('uetr', reference.uetr),
      ...optional('sessionNo', sessionNo(group, payment)),
      businessType: businessType(at(payment, 'PmtTpInf') ?? at(group, 'PmtTpInf')),
      route: routeOf(group),
      channel: 'pacs.008',
      status: settled ? 'succeeded' : 'received',
      payer,
      ...optional('intermediary', institutionCode(at(payment, 'IntrmyAgt1'))),
      payee,
      amount: amount?.text ?? '',
      currency: amount?.currency ?? '',
      ...(accepted && created && created <= accepted ? { initiatedAt: created } : {}),
      acceptedAt,
      ...optional('respondedAt', settled),
      ...optional('finalAt', settled),
    },
  };
}

/** Institution and account of one side, by the prefix of its elements ("Dbtr" or "Cdtr"); else why there is none. */
export function side(from: Element | undefined, prefix: 'Dbtr' | 'Cdtr'): Party | Extract<MappedLine, { kind: 'refused' }> {
  const agent = at(from, `${prefix}Agt`);
  const institution = institutionCode(agent);
  if (!institution) {
    const named = agentId(agent);
    const detail = named ? `"${named.slice(0, 60)}" can be no institution code of the feed` : `the message names no ${prefix}Agt`;
    return { kind: 'refused', reason: 'institution-code', field: `${prefix}Agt`, detail };
  }
  const account = accountNumber(at(from, `${prefix}Acct`), at(from, prefix));
  if (account) return { institution, account };
  const detail = `${prefix}Acct is absent and ${prefix} has neither an identification nor a name that could stand for it`;
  return { kind: 'refused', reason: 'account-missing', field: `${prefix}Acct`, detail };
}

type Party = Extract<MappedLine, { kind: 'transaction' }>['line']['payer'];

/** `{ [key]: value }`, or nothing where there is no value: the feed's shapes know absent members only. */
export function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}

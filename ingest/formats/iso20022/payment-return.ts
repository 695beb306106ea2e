import { optional, side } from './credit-transfer';
import { feedId, identifier, paymentReference } from './identifiers';
import { type MappedLine, type MappedPayment, refused } from './mapped-line';
import type { IsoMessage } from './read-message';
import { routeOf, sessionNo } from './settlement';
import { feedCode } from './status-report';
import { instant } from './times';
import { all, at, type Element, textAt } from './xml-tree';

/** pacs.004: every return is a `returned` outcome of the original payment, and a refund in the other direction that is linked to it. */
export function paymentReturns({ body }: IsoMessage): readonly MappedPayment[] {
  const group = at(body, 'GrpHdr');
  return all(body, 'TxInf').map((returned, index) => ({ source: returned, lines: paymentReturn(group, returned, index + 1) }));
}

function paymentReturn(group: Element | undefined, returned: Element, ordinal: number): readonly MappedLine[] {
  const original = paymentReference(returned, 'Orgnl');
  const originalId = feedId(original);
  if (!originalId) return [refused('identifier-missing', 'TxInf', 'the return names no OrgnlUETR, OrgnlTxId or OrgnlEndToEndId')];
  const recordedAt = instant(textAt(group, 'CreDtTm'));
  if (!recordedAt) return [refused('time-syntax', 'CreDtTm', 'the message has no time of creation')];
  const messageId = identifier(`${textAt(group, 'MsgId') ?? ''}/${ordinal}`);
  if (!messageId) return [refused('identifier-syntax', 'MsgId', 'the message id is too long once written in visible ASCII')];
  const reason = at(returned, 'RtrRsnInf');
  const code = feedCode(textAt(reason, 'Rsn', 'Cd') ?? textAt(reason, 'Rsn', 'Prtry'));
  const outcome: MappedLine = {
    kind: 'outcome',
    line: {
      messageId,
      transactionId: originalId,
      kind: 'returned',
      recordedAt,
      ...optional('businessCode', code),
      ...optional('detail', textAt(reason, 'AddtlInf')?.slice(0, 200)),
    },
  };
  return [outcome, refund(group, returned, { originalId, messageId, recordedAt })];
}

type Context = { readonly originalId: string; readonly messageId: string; readonly recordedAt: string };

function refund(group: Element | undefined, returned: Element, { originalId, messageId, recordedAt }: Context): MappedLine {
  const parties = partiesOf(returned);
  if ('kind' in parties) return parties;
  const credited = instant(textAt(returned, 'SttlmTmIndctn', 'CdtDtTm'));
  const settled = credited !== undefined && credited >= recordedAt ? credited : undefined;
  const amount = at(returned, 'RtrdIntrBkSttlmAmt');
  const { endToEndId } = paymentReference(returned, 'Orgnl');
  return {
    kind: 'transaction',
    line: {
      // The original's UETR stays that of the original: the return has an id of its own.
      id: identifier(textAt(returned, 'RtrId')) ?? messageId,
      ...optional('endToEndId', identifier(endToEndId)),
      ...optional('sessionNo', sessionNo(group, returned)),
      businessType: 'refund',
      route: routeOf(group),
      channel: 'pacs.004',
      status: settled ? 'succeeded' : 'received',
      ...parties,
      amount: amount?.text ?? '',
      currency: amount?.currency ?? '',
      acceptedAt: recordedAt,
      ...optional('respondedAt', settled),
      ...optional('finalAt', settled),
      originalId,
    },
  };
}

type Parties = Pick<Extract<MappedLine, { kind: 'transaction' }>['line'], 'payer' | 'payee'>;

// RtrChain names the parties of the return itself; OrgnlTxRef those of the original payment, so its sides change places.
function partiesOf(returned: Element): Parties | Extract<MappedLine, { kind: 'refused' }> {
  const chain = at(returned, 'RtrChain');
  const original = at(returned, 'OrgnlTxRef');
  if (!chain && !original) {
    const detail = 'neither RtrChain nor OrgnlTxRef says between whom the money goes back; the outcome of the original is recorded';
    return { kind: 'refused', reason: 'return-parties-missing', field: 'RtrChain', detail };
  }
  const payer = chain ? side(chain, 'Dbtr') : side(original, 'Cdtr');
  if ('kind' in payer) return payer;
  const payee = chain ? side(chain, 'Cdtr') : side(original, 'Dbtr');
  return 'kind' in payee ? payee : { payer, payee };
}

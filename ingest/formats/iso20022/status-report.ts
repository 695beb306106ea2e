import type { TransactionStatus } from '@/domain/clearing/transaction';
import { optional } from './credit-transfer';
import { feedId, identifier, paymentReference } from './identifiers';
import { type MappedLine, type MappedPayment, refused } from './mapped-line';
import type { IsoMessage } from './read-message';
import { instant } from './times';
import { all, at, type Element, textAt } from './xml-tree';

// Reasons that say that a machine failed, not that somebody said no: aborted or timed out (AB), settlement failed or not available
// (ED05, ED06), file or transmission faults (FF, TA, TD, TS). External code list ExternalStatusReason1Code.
const TECHNICAL = /^(AB\d\d|ED05|ED06|FF\d\d|TA\d\d|TD\d\d|TS\d\d)$/;

/** pacs.002: every transaction status becomes an outcome of the payment it answers. */
export function statusReport({ body }: IsoMessage): readonly MappedPayment[] {
  const group = at(body, 'GrpHdr');
  return all(body, 'TxInfAndSts').map((answer, index) => ({ source: answer, lines: [outcome(group, answer, index + 1)] }));
}

function outcome(group: Element | undefined, answer: Element, ordinal: number): MappedLine {
  const transactionId = feedId(paymentReference(answer, 'Orgnl'));
  if (!transactionId) return refused('identifier-missing', 'TxInfAndSts', 'the status names no OrgnlUETR, OrgnlTxId or OrgnlEndToEndId');
  const messageId = identifier(`${textAt(group, 'MsgId') ?? ''}/${ordinal}`);
  if (!messageId) return refused('identifier-syntax', 'MsgId', 'the message id is too long once written in visible ASCII');
  const recordedAt = instant(textAt(group, 'CreDtTm'));
  if (!recordedAt) return refused('time-syntax', 'CreDtTm', 'the message has no time of creation');
  const code = textAt(answer, 'TxSts');
  const reasons = all(answer, 'StsRsnInf');
  const reason = reasons.map((each) => textAt(each, 'Rsn', 'Cd') ?? textAt(each, 'Rsn', 'Prtry')).find((each) => each !== undefined);
  const said = reasons.flatMap((each) => all(each, 'AddtlInf').map(({ text }) => text)).join(' ');
  const finalAt = instant(textAt(answer, 'FctvIntrBkSttlmDt', 'DtTm'));
  const status = statusOf(code, reason);
  return {
    kind: 'outcome',
    line: {
      messageId,
      transactionId,
      kind: status === 'succeeded' && finalAt ? 'final' : 'resolved',
      ...optional('status', status),
      recordedAt,
      ...(status === 'succeeded' && finalAt ? { finalAt } : {}),
      ...optional('systemCode', feedCode(code)),
      ...optional('businessCode', feedCode(reason)),
      ...optional('detail', said.slice(0, 200) || undefined),
    },
  };
}

/**
 * ACSC and ACCC are settled. RJCT is technical or business by its reason, and business where it gives none.
 * Every other status (ACSP, PDNG, …) says that the payment is under way: it stays as it is.
 */
export function statusOf(code: string | undefined, reason: string | undefined): TransactionStatus | undefined {
  if (code === 'ACSC' || code === 'ACCC') return 'succeeded';
  if (code === 'RJCT') return reason !== undefined && TECHNICAL.test(reason) ? 'failed' : 'declined';
  if (code === 'CANC' || code === 'BLCK') return 'declined';
  return undefined;
}

/** A code as the feed takes it, or undefined where it can be none. */
export function feedCode(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9._-]{1,16}$/.test(text) ? text : undefined;
}

import { optional } from './credit-transfer';
import { feedId, identifier, paymentReference } from './identifiers';
import { type MappedLine, type MappedPayment, refused } from './mapped-line';
import type { IsoMessage } from './read-message';
import { feedCode } from './status-report';
import { instant } from './times';
import { all, at, type Element, textAt } from './xml-tree';

/** camt.056: somebody asks for payments back. */
export function recallRequests({ body }: IsoMessage): readonly MappedPayment[] {
  const assignment = at(body, 'Assgnmt');
  const underlying = all(body, 'Undrlyg');
  const listed = underlying.flatMap((each) => all(each, 'TxInf'));
  if (listed.length === 0 && underlying.some((each) => at(each, 'OrgnlGrpInfAndCxl'))) {
    const fault = refused(
      'group-recall',
      'OrgnlGrpInfAndCxl',
      'a whole group is recalled without listing its payments; list them in TxInf',
    );
    return [{ source: body, lines: [fault] }];
  }
  return listed.map((asked, index) => ({ source: asked, lines: [recall(assignment, asked, index + 1, 'recall-asked')] }));
}

/** camt.029: what was answered. */
export function recallAnswers({ body }: IsoMessage): readonly MappedPayment[] {
  const assignment = at(body, 'Assgnmt');
  const listed = all(body, 'CxlDtls').flatMap((each) => all(each, 'TxInfAndSts'));
  return listed.map((answer, index) => ({ source: answer, lines: [recall(assignment, answer, index + 1, 'recall-answered')] }));
}

function recall(assignment: Element | undefined, payment: Element, ordinal: number, kind: 'recall-asked' | 'recall-answered'): MappedLine {
  const transactionId = feedId(paymentReference(payment, 'Orgnl'));
  if (!transactionId) return refused('identifier-missing', payment.name, 'it names no OrgnlUETR, OrgnlTxId or OrgnlEndToEndId');
  const messageId = identifier(`${textAt(assignment, 'Id') ?? ''}/${ordinal}`);
  if (!messageId) return refused('identifier-syntax', 'Assgnmt/Id', 'the assignment id is too long once written in visible ASCII');
  const recordedAt = instant(textAt(assignment, 'CreDtTm'));
  if (!recordedAt) return refused('time-syntax', 'CreDtTm', 'the assignment has no time of creation');
  const reason = at(payment, kind === 'recall-asked' ? 'CxlRsnInf' : 'CxlStsRsnInf');
  return {
    kind: 'outcome',
    line: {
      messageId,
      transactionId,
      kind,
      recordedAt,
      ...optional('systemCode', feedCode(textAt(payment, 'TxCxlSts'))),
      ...optional('businessCode', feedCode(textAt(reason, 'Rsn', 'Cd') ?? textAt(reason, 'Rsn', 'Prtry'))),
      ...optional('detail', textAt(reason, 'AddtlInf')?.slice(0, 200)),
    },
  };
}

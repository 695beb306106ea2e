import { creditTransfers } from './credit-transfer';
import type { MappedPayment } from './mapped-line';
import { paymentReturns } from './payment-return';
import type { IsoMessage, MessageName } from './read-message';
import { recallAnswers, recallRequests } from './recall';
import { bookedEntries } from './settlement-entries';
import { statusReport } from './status-report';

const MAPPINGS: Readonly<Record<MessageName, (message: IsoMessage) => readonly MappedPayment[]>> = {
  'pacs.008.001': creditTransfers,
  'pacs.002.001': statusReport,
  'pacs.004.001': paymentReturns,
  'camt.056.001': recallRequests,
  'camt.029.001': recallAnswers,
  'camt.053.001': bookedEntries,
  'camt.054.001': bookedEntries,
};

/** The payments of a message, in its order, with the feed lines of each. */
export function mapMessage(message: IsoMessage): readonly MappedPayment[] {
  return MAPPINGS[message.name](message);
}

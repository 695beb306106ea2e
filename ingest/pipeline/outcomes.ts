import type * as z from 'zod';
import { messageKeyOf, transactionKeyOf } from '@/server/identity';
import type { OutcomeLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { keepAwaited, lockWhereAwaited } from './awaited-outcomes';
import { type FeedSteps, type RawLine, type RefusedLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import { digestOf } from './line-digest';
import { OUTCOME_RULES } from './line-rules';
import type { OpenBatch } from './open-batch';
import { applyOutcomes, type Found, maySpeakOf, transactionsForUpdate } from './outcome-store';
import { refuse } from './refusal';
import { microsOf, timesFault } from './times';

type Line = z.input<typeof OutcomeLine>;
type Checked = { readonly line: Line; readonly recordedMicros: number };
type Ready = {
  readonly raw: RawLine;
  readonly item: Checked;
  readonly messageKey: string;
  readonly digest: string;
  readonly transactionKey: string;
};

export const outcomes: FeedSteps<Checked, Checked, Ready> = {
  check(json, nowMs) {
    const fault = checkFields(json, OUTCOME_RULES) ?? timesFault(json, ['recordedAt', 'finalAt'], nowMs);
    if (fault) return fault;
    const line = json as Line;
    return { line, recordedMicros: microsOf(line.recordedAt) };
  },

  // Whether the sender may speak of the transaction is known once the transaction is read.
  resolve: (checked) => checked,

  prepare(batch, { raw, item }) {
    const transactionKey = transactionKeyOf(item.line.transactionId);
    return { raw, item, messageKey: messageKeyOfOutcome(batch, item.line), digest: digestOf(raw), transactionKey };
  },

  async store(batch, lines) {
    const keys = [...new Set(lines.map(({ transactionKey }) => transactionKey))].sort();
    if (batch.feed === 'iso20022') await lockWhereAwaited(batch, keys);
    const found = await transactionsForUpdate(batch, keys);
    const refused: RefusedLine[] = [];
    const speakable = lines.filter((line) => {
      const refusal = refusalOf(batch, found.get(line.transactionKey));
      if (refusal) refused.push({ raw: line.raw, refusal });
      return refusal === undefined;
    });
    const admitted = await admitMessages(batch, speakable);
    refused.push(...admitted.refused);
    const fresh = [...admitted.fresh].sort((a, b) => a.raw.lineNo - b.raw.lineNo);
    const said = fresh.map(({ raw, item, transactionKey }) => ({ transactionKey, lineNo: raw.lineNo, line: item.line }));
    const known = said.filter(({ transactionKey }) => found.has(transactionKey));
    const early = said.filter(({ transactionKey }) => !found.has(transactionKey));
    await applyOutcomes(batch, found, known);
    await keepAwaited(batch, early);
    return {
      accepted: fresh.length,
      duplicate: admitted.duplicate,
      refused,
      span: spanOf(known.map(({ transactionKey }) => microsOf((found.get(transactionKey) as Found).acceptedAt))),
      transactionKeys: new Map(said.map(({ lineNo, transactionKey }) => [lineNo, transactionKey])),
      ...(early.length > 0 ? { warnings: early.map(({ line }) => earlyWarning(line.transactionId)) } : {}),
    };
  },
};

function earlyWarning(transactionId: string): string {
  return `no payment ${transactionId} has been reported yet: what is said of it is kept, and applied when it is reported`;
}

/**
 * On the outcome feed a sender can send again once the transaction is there. An ISO 20022 answer is written once, by somebody who need not
 * know what has been reported here: it waits for its payment.
 */
function refusalOf(batch: OpenBatch, transaction: Found | undefined) {
  if (!transaction) {
    if (batch.feed === 'iso20022') return undefined;
    return refuse('transaction-unknown', 'transactionId', 'No such transaction has been reported; send it first.');
  }
  if (maySpeakOf(batch.sender, transaction)) return undefined;
  return refuse('not-a-party', 'transactionId', 'The sender is no party of this transaction.');
}

function messageKeyOfOutcome(batch: OpenBatch, line: Line): string {
  return messageKeyOf({ institutionId: batch.sender.id, feed: 'outcomes', messageId: line.messageId });
}

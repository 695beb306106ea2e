import type { KeyObject } from 'node:crypto';
import { signReceipt } from '../feed/receipt';
import { digestHeader } from '../feed/signature';
import type { Delivery } from './delivery';
import type { OpenBatch } from './open-batch';
import type { Tally } from './tally';

/** Writes the batch's counts and its signed receipt, then commits. Only then may the receipt be sent. */
export async function sealBatch(batch: OpenBatch, delivery: Delivery, tally: Tally, receiptKey: KeyObject): Promise<string> {
  await batch.accounts.write();
  const receipt = signReceipt(
    {
      batchId: delivery.batchId,
      institution: delivery.sender.code,
      feed: delivery.feed,
      digest: digestHeader(delivery.digest),
      accepted: tally.accepted,
      duplicate: tally.duplicate,
      refused: tally.refused,
      // Steps refuse in their own order; a reader looks for lines in theirs.
      refusals: [...tally.refusals].sort((a, b) => a.line - b.line),
      ...(tally.warnings.length > 0 ? { warnings: tally.warnings } : {}),
      issuedAt: new Date().toISOString(),
    },
    receiptKey,
  );
  await batch.client.query(
    `update feed_batch
        set accepted_count = $2,
            duplicate_count = $3,
            refused_count = $4,
            first_accepted_at = $5,
            last_accepted_at = $6,
            receipt = $7
      where id = $1`,
    [
      batch.id,
      tally.accepted,
      tally.duplicate,
      tally.refused,
      tally.span ? new Date(tally.span.fromMs) : null,
      tally.span ? new Date(tally.span.toMs) : null,
      receipt,
    ],
  );
  await batch.client.query('commit');
  batch.accounts.committed();
  return receipt;
}

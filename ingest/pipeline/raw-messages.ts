import type { OpenBatch } from './open-batch';

/** Keeps each message as it came, beside the transaction it speaks of. */
export async function keepRawMessages(
  batch: OpenBatch,
  contentType: string,
  messages: readonly { readonly lineNo: number; readonly transactionKey: string; readonly body: string }[],
): Promise<void> {
  if (messages.length === 0) return;
  await batch.client.query(
    `insert into raw_message (batch_id, line_no, transaction_key, content_type, body)
     select $1, line_no, transaction_key, $2, body
       from unnest($3::int[], $4::uuid[], $5::text[]) as message (line_no, transaction_key, body)
     on conflict do nothing`,
    [
      batch.id,
      contentType,
      messages.map(({ lineNo }) => lineNo),
      messages.map(({ transactionKey }) => transactionKey),
      messages.map(({ body }) => body.replaceAll('\0', '')),
    ],
  );
}

import type pg from 'pg';
import type { Sealing } from '@/server/sealing';
import type { OpenBatch } from './open-batch';

/** Keeps each message as it came beside the transaction it speaks of, sealed: it names accounts in full. */
export async function keepRawMessages(
  batch: OpenBatch,
  sealing: Sealing,
  contentType: string,
  messages: readonly { readonly lineNo: number; readonly transactionKey: string; readonly body: string }[],
): Promise<void> {
  if (messages.length === 0) return;
  await batch.client.query(
    `insert into raw_message (batch_id, line_no, transaction_key, content_type, body_cipher)
     select $1, line_no, transaction_key, $2, body_cipher
       from unnest($3::int[], $4::uuid[], $5::bytea[]) as message (line_no, transaction_key, body_cipher)
     on conflict do nothing`,
    [
      batch.id,
      contentType,
      messages.map(({ lineNo }) => lineNo),
      messages.map(({ transactionKey }) => transactionKey),
      messages.map(({ body }) => sealing.seal(body)),
    ],
  );
}

const SEALED_AT_ONCE = 200;

/** Seals what an older version kept in the open; returns how many messages that were. Several gateways may do so at once. */
export async function sealOpenMessages(pool: pg.Pool, sealing: Sealing): Promise<number> {
  for (let sealed = 0; ; ) {
    const { rows } = await pool.query<{ key: string; batch: string; line: number; body: string }>(
      `select transaction_key as key, batch_id as batch, line_no as line, body
         from raw_message
        where body is not null
        limit $1`,
      [SEALED_AT_ONCE],
    );
    if (rows.length === 0) return sealed;
    for (const { key, batch, line, body } of rows) {
      const { rowCount } = await pool.query(
        `update raw_message
            set body_cipher = $4, body = null
          where transaction_key = $1
            and batch_id = $2
            and line_no = $3
            and body is not null`,
        [key, batch, line, sealing.seal(body)],
      );
      sealed += rowCount ?? 0;
    }
  }
}

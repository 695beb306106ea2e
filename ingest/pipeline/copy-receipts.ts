import { BinaryRows } from './binary-rows';
import type { OpenBatch } from './open-batch';
import { KEY_OFFSET } from './transaction-rows';

/** Below, one statement is quicker than a COPY between two savepoints. */
const LINES_MIN = 50;
/** So many positions fit beside 40 bits of a key in a double. */
const LINES_MAX = 2 ** 13;
// Field count; key, digest and batch, each behind its length.
const RECEIPT_BYTES = 2 + (4 + 16) + (4 + 32) + (4 + 8);

type Line = { readonly rows: BinaryRows; readonly from: number; readonly digest: string };

/**
 * Writes the receipts of lines of which none was accepted before, as nearly always: COPY takes a receipt for a third of what an insert
 * takes that minds conflicts. Answers false, with nothing written, where one of them was, where one is there twice, and where it would not
 * pay: then {@link admitMessages} tells them apart.
 */
export async function copyReceipts(batch: OpenBatch, lines: readonly Line[]): Promise<boolean> {
  if (lines.length < LINES_MIN || lines.length > LINES_MAX || !batch.tryCopyRows) return false;
  const order = inKeyOrder(lines);
  if (!order) return false;
  const receipts = new BinaryRows(lines.length * RECEIPT_BYTES);
  const batchId = Number(batch.id);
  for (const index of order) {
    const { rows, from, digest } = lines[index] as Line;
    receipts.fieldCount(3);
    receipts.uuidLength();
    receipts.at += rows.bytes.copy(receipts.bytes, receipts.at, from + KEY_OFFSET, from + KEY_OFFSET + 16);
    receipts.latin1(digest);
    receipts.int8(batchId);
  }
  return await batch.tryCopyRows('copy message_receipt (message_key, body_digest, batch_id) from stdin with (format binary)', [
    receipts.bytes.subarray(0, receipts.at),
  ]);
}

/**
 * Positions in the order of the keys, so that two batches with the same messages wait for each other instead of dead-locking; undefined
 * where two keys may be equal.
 */
function inKeyOrder(lines: readonly Line[]): readonly number[] | undefined {
  const sortable = new Float64Array(lines.length);
  for (const [index, { rows, from }] of lines.entries()) sortable[index] = rows.bytes.readUIntBE(from + KEY_OFFSET, 5) * LINES_MAX + index;
  sortable.sort();
  const order: number[] = [];
  let before = -1;
  for (const value of sortable) {
    const prefix = Math.floor(value / LINES_MAX);
    if (prefix === before) return undefined;
    before = prefix;
    order.push(value - prefix * LINES_MAX);
  }
  return order;
}

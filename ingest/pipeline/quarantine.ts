import { hash } from 'node:crypto';
import type { RefusedLine } from './feed-steps';
import { namesForbiddenField } from './forbidden-field';
import { digestOf } from './line-digest';
import type { OpenBatch } from './open-batch';
import { HEAD_BYTES_MAX } from './read-lines';

const WITHHELD = '(not kept: the line names a field of class C3)';
const ROWS_AT_ONCE = 500;

/** Keeps refused lines for the operator's page, with account numbers masked and secrets left out. */
export async function quarantine(batch: OpenBatch, feed: string, refused: readonly RefusedLine[]): Promise<void> {
  for (let at = 0; at < refused.length; at += ROWS_AT_ONCE) {
    const rows = refused.slice(at, at + ROWS_AT_ONCE).map((line) => ({ ...line, kept: kept(line) }));
    await batch.client.query({
      name: 'insert-quarantined',
      text: `insert into quarantined_line
               (batch_id, institution_id, feed, line_no, field, reason, detail, body, body_length, body_digest)
             select $1, $2, $3, line_no, field, reason, detail, body, body_length, body_digest
               from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::int[], $10::bytea[])
                 as line (line_no, field, reason, detail, body, body_length, body_digest)`,
      values: [
        batch.id,
        batch.sender.id,
        feed,
        rows.map(({ raw }) => raw.lineNo),
        rows.map(({ refusal }) => refusal.field),
        rows.map(({ refusal }) => refusal.reason),
        rows.map((row) => row.kept.detail),
        rows.map((row) => row.kept.body),
        rows.map(({ raw }) => raw.tooLong?.length ?? raw.bytes.length),
        rows.map((row) => row.kept.digest),
      ],
    });
  }
}

type Kept = { readonly body: Buffer; readonly digest: Buffer; readonly detail: string };

/** One byte is one character here, so that bytes which are no UTF-8 come out as they went in. */
function kept({ raw, refusal }: RefusedLine): Kept {
  const text = raw.bytes.toString('latin1');
  const detail = refusal.detail.replaceAll('\0', '');
  if (refusal.reason === 'forbidden-field' || namesForbiddenField(text)) return withoutDigest(Buffer.from(WITHHELD), detail);
  const head = text.slice(0, HEAD_BYTES_MAX);
  const masked = maskedAccounts(head);
  const body = Buffer.from(masked, 'latin1');
  return masked === head ? { body, digest: Buffer.from(digestOf(raw), 'hex'), detail } : withoutDigest(body, detail);
}

/** The digest of a line with a PIN, or with a masked account, would give it away to whoever tries all of them: here it is of what is kept. */
function withoutDigest(body: Buffer, detail: string): Kept {
  return { body, digest: hash('sha256', body, 'buffer'), detail: detail.replace(/[0-9a-f]{64}/g, '…') };
}

/** JSON members named "account", and the account elements of ISO 20022. A number that the cut ends in the middle of is masked too. */
function maskedAccounts(text: string): string {
  return text
    .replace(/("account"\s*:\s*"?)((?:[^"\\]|\\.)*)/gi, (_, before: string, number: string) => before + maskedNumber(number))
    .replace(/(<(?:\w+:)?(?:IBAN|Id)>\s*)([^<]{6,})/g, (_, before: string, number: string) => before + maskedNumber(number));
}

function maskedNumber(number: string): string {
  const tail = /[0-9A-Za-z]{4}$/.exec(number.trimEnd())?.[0] ?? '';
  return number.length >= 8 ? `****${tail}` : '****';
}

import type * as z from 'zod';
import { messageKeyOf, transactionKeyOf } from '@/server/identity';
import type { DebitLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { copyRow, copyText } from './copy-text';
import { type FeedSteps, type Passing, type RawLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { Institution } from './institution-register';
import { digestOf } from './line-digest';
import { DEBIT_RULES } from './line-rules';
import { minorAmount } from './minor-amount';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { microsOf, timesFault } from './times';

type Line = z.input<typeof DebitLine>;
type Checked = { readonly line: Line; readonly minor: bigint; readonly debitedMicros: number };
type Resolved = Checked & { readonly bank: Institution; readonly institution: Institution };
type Ready = {
  readonly raw: RawLine;
  readonly messageKey: string;
  readonly digest: string;
  readonly debitedMicros: number;
  /** As COPY takes it. */
  readonly row: string;
};

/** A bank's word on its own debits. Nobody else may give it, the clearing institution included: it is held against theirs. */
export const debits: FeedSteps<Checked, Resolved, Ready> = {
  check(json, nowMs) {
    const fault = checkFields(json, DEBIT_RULES) ?? timesFault(json, ['debitedAt'], nowMs);
    if (fault) return fault;
    const minor = minorAmount(json);
    if (typeof minor !== 'bigint') return minor;
    const line = json as Line;
    return { line, minor, debitedMicros: microsOf(line.debitedAt) };
  },

  resolve(checked, register, sender) {
    const bank = resolveCode(register, checked.line.bank, 'bank');
    if (isRefusal(bank)) return bank;
    const institution = resolveCode(register, checked.line.institution, 'institution');
    if (isRefusal(institution)) return institution;
    if (bank.id !== sender.id || bank.kind !== 'bank')
      return refuse('not-a-party', 'bank', 'A bank reports its own debits, and nobody else.');
    if (institution.kind !== 'payment')
      return refuse('not-a-party', 'institution', 'The debit must have been made for a payment institution.');
    return { ...checked, bank, institution };
  },

  prepare(batch, passing) {
    const { raw, item } = passing;
    const messageKey = messageKeyOf({ institutionId: batch.sender.id, feed: 'debits', messageId: item.line.serial });
    return { raw, messageKey, digest: digestOf(raw), debitedMicros: item.debitedMicros, row: rowOf(batch, passing, messageKey) };
  },

  async store(batch, lines) {
    const { fresh, duplicate, refused } = await admitMessages(batch, lines);
    const times = fresh.map(({ debitedMicros }) => debitedMicros);
    if (fresh.length > 0) {
      await batch.partitions.ensure('bank_debit', times);
      await batch.copy(COPY_INTO, fresh.map(({ row }) => row).join(''));
    }
    return { accepted: fresh.length, duplicate, refused, span: spanOf(times), transactionKeys: new Map() };
  },
};

const COPY_INTO = `copy bank_debit (
  debit_key, debited_at, batch_id, line_no, serial, bank_id, institution_id, business_type, amount_minor, currency, transaction_key,
  transaction_id, agreement_no) from stdin`;

function rowOf(batch: OpenBatch, { raw, item }: Passing<Resolved>, messageKey: string): string {
  const { line } = item;
  return copyRow([
    messageKey,
    line.debitedAt,
    batch.id,
    raw.lineNo,
    copyText(line.serial),
    item.bank.id,
    item.institution.id,
    line.businessType,
    item.minor,
    line.currency,
    line.transactionId === undefined ? undefined : transactionKeyOf(line.transactionId),
    line.transactionId === undefined ? undefined : copyText(line.transactionId),
    line.agreementNo === undefined ? undefined : copyText(line.agreementNo),
  ]);
}

import type * as z from 'zod';
import { isCurrency } from '@/domain/currency';
import { messageKeyOf } from '@/server/identity';
import type { DeclarationLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { copyRow, copyText } from './copy-text';
import { type FeedSteps, type Passing, type RawLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { Institution } from './institution-register';
import { digestOf } from './line-digest';
import { DECLARATION_RULES } from './line-rules';
import type { OpenBatch } from './open-batch';
import { isRefusal, type Refusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { dateFault, microsOf, timesFault } from './times';

type Line = z.input<typeof DeclarationLine>;
type Checked = { readonly line: Line; readonly declaredMicros: number };
type Resolved = Checked & { readonly bank: Institution; readonly institution: Institution; readonly side: 'institution' | 'bank' };
type Ready = {
  readonly raw: RawLine;
  readonly messageKey: string;
  readonly digest: string;
  readonly declaredMicros: number;
  /** As COPY takes it. */
  readonly row: string;
};

const MINOR_MAX = 2n ** 63n - 1n;

/** What the two sides of a cell say of a day. Each speaks for itself: the side follows from who signed. */
export const declarations: FeedSteps<Checked, Resolved, Ready> = {
  check(json, nowMs) {
    const fault = checkFields(json, DECLARATION_RULES) ?? timesFault(json, ['declaredAt'], nowMs) ?? dateFault(json, 'day');
    if (fault) return fault;
    const line = json as Line;
    if (!isCurrency(line.currency)) return refuse('currency-unknown', 'currency', 'ISO 4217 lists no such currency.');
    return sumsFault(line) ?? dayFault(line) ?? { line, declaredMicros: microsOf(line.declaredAt) };
  },

  resolve(checked, register, sender) {
    const bank = resolveCode(register, checked.line.bank, 'bank');
    if (isRefusal(bank)) return bank;
    const institution = resolveCode(register, checked.line.institution, 'institution');
    if (isRefusal(institution)) return institution;
    if (bank.kind !== 'bank') return refuse('not-a-party', 'bank', 'The bank of a declaration must be a bank.');
    if (institution.kind !== 'payment')
      return refuse('not-a-party', 'institution', 'The institution of a declaration must be a payment institution.');
    const side = sender.id === bank.id ? 'bank' : sender.id === institution.id ? 'institution' : undefined;
    if (!side) return refuse('not-a-party', 'bank', 'Only the bank and the payment institution declare their day, each for itself.');
    return { ...checked, bank, institution, side };
  },

  prepare(batch, passing) {
    const { raw, item } = passing;
    const messageKey = messageKeyOf({ institutionId: batch.sender.id, feed: 'declarations', messageId: item.line.messageId });
    return { raw, messageKey, digest: digestOf(raw), declaredMicros: item.declaredMicros, row: rowOf(batch, passing, messageKey) };
  },

  async store(batch, lines) {
    const { fresh, duplicate, refused } = await admitMessages(batch, lines);
    if (fresh.length > 0) await batch.copy(COPY_INTO, fresh.map(({ row }) => row).join(''));
    return {
      accepted: fresh.length,
      duplicate,
      refused,
      span: spanOf(fresh.map(({ declaredMicros }) => declaredMicros)),
      transactionKeys: new Map(),
    };
  },
};

function sumsFault(line: Line): Refusal | undefined {
  for (const kind of ['cleared', 'direct'] as const) {
    const minor = BigInt(line[`${kind}Minor`]);
    if (minor > MINOR_MAX) return refuse('amount-range', `${kind}Minor`, 'The amount is more than 9223372036854775807 minor units.');
    // Every payment is above zero, so a sum and its count are zero together.
    if ((line[`${kind}Count`] === 0) !== (minor === 0n) || minor < BigInt(line[`${kind}Count`]))
      return refuse('field-syntax', `${kind}Minor`, 'The sum does not fit its count: every payment is at least one minor unit.');
  }
  return undefined;
}

/** A day is declared once it is over. */
function dayFault(line: Line): Refusal | undefined {
  const overMs = Date.parse(`${line.day}T00:00:00+08:00`) + 86_400_000;
  return Date.parse(line.declaredAt) < overMs
    ? refuse('time-order', 'declaredAt', 'The day was not over when it was declared.')
    : undefined;
}

const COPY_INTO = `copy cut_over_declaration (
  declaration_key, batch_id, line_no, message_id, side, institution_id, bank_id, business_type, currency, day, cleared_count, cleared_minor,
  direct_count, direct_minor, direct_interface, declared_at) from stdin`;

function rowOf(batch: OpenBatch, { raw, item }: Passing<Resolved>, messageKey: string): string {
  const { line } = item;
  return copyRow([
    messageKey,
    batch.id,
    raw.lineNo,
    copyText(line.messageId),
    item.side,
    item.institution.id,
    item.bank.id,
    line.businessType,
    line.currency,
    line.day,
    line.clearedCount,
    line.clearedMinor,
    line.directCount,
    line.directMinor,
    line.directInterface,
    line.declaredAt,
  ]);
}

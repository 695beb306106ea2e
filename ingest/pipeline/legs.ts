import type * as z from 'zod';
import { messageKeyOf, transactionKeyOf } from '@/server/identity';
import type { LegLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { copyRow, copyText } from './copy-text';
import { type FeedSteps, type Passing, type RawLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { Institution } from './institution-register';
import { digestOf } from './line-digest';
import { LEG_RULES } from './line-rules';
import { minorAmount } from './minor-amount';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { dateFault, microsOf, orderFault, timesFault } from './times';

type Line = z.input<typeof LegLine>;
type Checked = { readonly line: Line; readonly minor: bigint; readonly startedMicros: number };
type Resolved = Checked & { readonly institution: Institution };
type Ready = {
  readonly raw: RawLine;
  readonly messageKey: string;
  readonly digest: string;
  readonly transactionKey: string;
  readonly startedMicros: number;
  /** As COPY takes it. */
  readonly row: string;
};

const TIMES = ['startedAt', 'endedAt', 'postedAt'] as const;

export const legs: FeedSteps<Checked, Resolved, Ready> = {
  check(json, nowMs) {
    const fault =
      checkFields(json, LEG_RULES) ??
      timesFault(json, TIMES, nowMs) ??
      dateFault(json, 'valueDate') ??
      orderFault(json, 'startedAt', 'endedAt');
    if (fault) return fault;
    const minor = minorAmount(json);
    if (typeof minor !== 'bigint') return minor;
    const line = json as Line;
    return { line, minor, startedMicros: microsOf(line.startedAt) };
  },

  resolve(checked, register, sender) {
    const institution = resolveCode(register, checked.line.institution, 'institution');
    if (isRefusal(institution)) return institution;
    if (institution.id !== sender.id && sender.kind !== 'clearing') {
      return refuse('not-a-party', 'institution', 'An institution reports its own legs; only a clearing institution reports for others.');
    }
    return { ...checked, institution };
  },

  prepare(batch, passing) {
    const { raw, item } = passing;
    const transactionKey = transactionKeyOf(item.line.transactionId);
    const row = rowOf(batch, passing, transactionKey);
    return {
      raw,
      messageKey: messageKeyOfLeg(batch, item.line),
      digest: digestOf(raw),
      transactionKey,
      startedMicros: item.startedMicros,
      row,
    };
  },

  async store(batch, lines) {
    const { fresh, duplicate, refused } = await admitMessages(batch, lines);
    const times = fresh.map(({ startedMicros }) => startedMicros);
    if (fresh.length > 0) {
      await batch.partitions.ensure('leg', times);
      await batch.copy(COPY_INTO, fresh.map(({ row }) => row).join(''));
    }
    const transactionKeys = new Map(fresh.map(({ raw, transactionKey }) => [raw.lineNo, transactionKey]));
    return { accepted: fresh.length, duplicate, refused, span: spanOf(times), transactionKeys };
  },
};

/** A party may use one serial number for several transactions, never for two legs of its own in one. */
function messageKeyOfLeg(batch: OpenBatch, line: Line): string {
  return messageKeyOf({ institutionId: batch.sender.id, feed: 'legs', messageId: `${line.transactionId} ${line.party} ${line.serial}` });
}

const COPY_INTO = `copy leg (
  transaction_key, started_at, batch_id, line_no, transaction_id, party, institution_id, reporter_id, serial, ended_at, posted_at,
  value_date, amount_minor, currency, status) from stdin`;

function rowOf(batch: OpenBatch, { raw, item }: Passing<Resolved>, transactionKey: string): string {
  const { line } = item;
  return copyRow([
    transactionKey,
    line.startedAt,
    batch.id,
    raw.lineNo,
    copyText(line.transactionId),
    line.party,
    item.institution.id,
    batch.sender.id,
    copyText(line.serial),
    line.endedAt,
    line.postedAt,
    line.valueDate,
    item.minor,
    line.currency,
    line.status,
  ]);
}

import type * as z from 'zod';
import { messageKeyOf, transactionKeyOf } from '@/server/identity';
import type { LegLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { copyRow, copyText } from './copy-text';
import { type FeedSteps, type Passing, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { Institution } from './institution-register';
import { LEG_RULES } from './line-rules';
import { minorAmount } from './minor-amount';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { dateFault, microsOf, orderFault, timesFault } from './times';

type Line = z.input<typeof LegLine>;
type Checked = { readonly line: Line; readonly minor: bigint; readonly startedMicros: number };
type Resolved = Checked & { readonly institution: Institution };

const TIMES = ['startedAt', 'endedAt', 'postedAt'] as const;

export const legs: FeedSteps<Checked, Resolved> = {
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

  async store(batch, lines) {
    const keyed = lines.map((passing) => ({ ...passing, messageKey: messageKeyOfLeg(batch, passing.item.line) }));
    const { fresh, duplicate, refused } = await admitMessages(batch, keyed);
    const transactionKeys = new Map(fresh.map(({ raw, item }) => [raw.lineNo, transactionKeyOf(item.line.transactionId) as string]));
    if (fresh.length > 0) {
      await batch.partitions.ensure(
        'leg',
        fresh.map(({ item }) => item.startedMicros),
      );
      const rows = fresh.map((passing) => rowOf(batch, passing, transactionKeys.get(passing.raw.lineNo) as string));
      await batch.copy(COPY_INTO, rows.join(''));
    }
    const span = spanOf(fresh.map(({ item }) => item.startedMicros));
    return { accepted: fresh.length, duplicate, refused, span, transactionKeys };
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

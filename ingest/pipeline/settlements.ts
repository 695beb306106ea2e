import { hash } from 'node:crypto';
import { canonicalJson } from '@/domain/canonical-json';
import { parseAmount } from '@/domain/money';
import { messageKeyOf } from '@/server/identity';
import type { SettlementLineInput } from '../formats/message-format';
import { admitMessages } from './admit-messages';
import type { FeedSteps, RawLine, RefusedLine } from './feed-steps';
import type { Institution } from './institution-register';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';

type Checked = { readonly line: SettlementLineInput; readonly netMinor: bigint };
type Resolved = Checked & { readonly institution: Institution };
type Ready = { readonly raw: RawLine; readonly item: Resolved; readonly messageKey: string; readonly digest: string };

/** What a settlement agent booked, out of its statements and notifications. */
export const settlements: FeedSteps<Checked, Resolved, Ready> = {
  // Shapes are the message format's; what money is, is the platform's.
  check(json) {
    const line = json as unknown as SettlementLineInput;
    const amount = parseAmount(line.amount, line.currency);
    if (!amount.ok) return refuse(amount.fault, 'Amt', 'The amount of a booking is positive, in the decimals of its currency.');
    return { line, netMinor: line.credit ? amount.minor : -amount.minor };
  },

  resolve(checked, register, sender) {
    if (sender.kind !== 'clearing') return refuse('not-a-party', null, 'Only a clearing institution says what was settled.');
    const institution = resolveCode(register, checked.line.institution, 'Acct');
    return isRefusal(institution) ? institution : { ...checked, institution };
  },

  // The same booking in a notification and in the statement after it is one; announced and booked are two.
  prepare(batch, { raw, item }) {
    const { reference, status, reversal, currency } = item.line;
    const messageId = [item.institution.id, currency, reference, status, reversal ? 'reversal' : ''].join('\0');
    const { messageName: _name, messageId: _id, ...said } = item.line;
    const messageKey = messageKeyOf({ institutionId: batch.sender.id, feed: 'settlements', messageId });
    return { raw, item, messageKey, digest: hash('sha256', canonicalJson(said), 'hex') };
  },

  async store(batch, lines) {
    const known = await knownSessions(batch, [...new Set(lines.map(({ item }) => item.line.sessionNo))]);
    const refused: RefusedLine[] = [];
    const speakable = lines.filter(({ raw, item }) => {
      if (known.has(item.line.sessionNo)) return true;
      refused.push({ raw, refusal: refuse('session-unknown', 'ClrSysRef', 'No settlement session has this number.') });
      return false;
    });
    const admitted = await admitMessages(batch, speakable);
    await insert(batch, admitted.fresh);
    return {
      accepted: admitted.fresh.length,
      duplicate: admitted.duplicate,
      refused: [...refused, ...admitted.refused],
      // They are of no payment's time.
      span: undefined,
      transactionKeys: new Map(),
    };
  },
};

async function knownSessions(batch: OpenBatch, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await batch.client.query<{ no: string }>('select no from settlement_session where no = any($1::text[])', [numbers]);
  return new Set(rows.map(({ no }) => no));
}

async function insert(batch: OpenBatch, lines: readonly Ready[]): Promise<void> {
  if (lines.length === 0) return;
  await batch.client.query(
    `insert into settlement_entry (message_key, batch_id, line_no, agent_id, institution_id, session_no, currency, net_minor, status, reversal,
       reference, booked_at, value_date, message_name, message_id)
     select key, $1, line_no, $2, institution, session_no, currency, net, status, reversal, reference, booked_at, value_date, name, message_id
       from unnest($3::uuid[], $4::int[], $5::int[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::boolean[], $11::text[],
                   $12::timestamptz[], $13::date[], $14::text[], $15::text[])
         as entry (key, line_no, institution, session_no, currency, net, status, reversal, reference, booked_at, value_date, name, message_id)`,
    [
      batch.id,
      batch.sender.id,
      lines.map(({ messageKey }) => messageKey),
      lines.map(({ raw }) => raw.lineNo),
      lines.map(({ item }) => item.institution.id),
      lines.map(({ item }) => item.line.sessionNo),
      lines.map(({ item }) => item.line.currency),
      lines.map(({ item }) => item.netMinor.toString()),
      lines.map(({ item }) => item.line.status),
      lines.map(({ item }) => item.line.reversal),
      lines.map(({ item }) => item.line.reference),
      lines.map(({ item }) => item.line.bookedAt ?? null),
      lines.map(({ item }) => item.line.valueDate ?? null),
      lines.map(({ item }) => item.line.messageName),
      lines.map(({ item }) => item.line.messageId),
    ],
  );
}

import type { MessageFormat, MessageLine, MessageRefusal, ParsedMessage } from '../message-format';
import { mapMessage } from './map-message';
import { PROFILES, type Profile, profileOf } from './profile';
import { readMessage } from './read-message';

/** ISO 20022: pacs.008, pacs.002, pacs.004, camt.056 and camt.029 as lines of the feed, camt.053 and camt.054 as a settlement agent's bookings. */
export const iso20022: MessageFormat = {
  parse(bytes, { profile: asked }) {
    const profile = asked === undefined ? undefined : profileOf(asked);
    if (asked !== undefined && !profile) {
      return refusedWhole(bytes, 'profile-unknown', null, `"${asked.slice(0, 40)}" is no profile; known: ${PROFILES.join(', ')}`);
    }
    return parseMessage(bytes, profile);
  },
};

function parseMessage(bytes: Buffer, profile: Profile | undefined): ParsedMessage {
  const reading = readMessage(bytes, { profile });
  if (!reading.ok) {
    const where = reading.line ? ` (line ${reading.line} of the XML)` : '';
    return refusedWhole(bytes, reading.reason, reading.field ?? null, `${reading.detail}${where}`);
  }
  const { message } = reading;
  const payments = mapMessage(message);
  // A message of one payment is kept as it came, header and all; of a batch, each payment keeps its own part.
  const whole = payments.length === 1 ? bytes.toString('utf8') : undefined;
  const lines: MessageLine[] = [];
  const refusals: MessageRefusal[] = [];
  payments.forEach((payment, index) => {
    const lineNo = index + 1;
    const raw = whole ?? payment.source.xml ?? '';
    for (const mapped of payment.lines) {
      if (mapped.kind === 'transaction') lines.push({ lineNo, raw, feed: 'transactions', value: mapped.line });
      else if (mapped.kind === 'outcome') lines.push({ lineNo, raw, feed: 'outcomes', value: mapped.line });
      else if (mapped.kind === 'settlement') lines.push({ lineNo, raw, feed: 'settlements', value: mapped.line });
      else refusals.push({ lineNo, raw, field: mapped.field, reason: mapped.reason, detail: mapped.detail });
    }
  });
  const warnings = payments.length === 0 ? [...message.warnings, 'the message holds no payment that could be recorded'] : message.warnings;
  return { messageType: message.definition, lines, refusals, warnings };
}

function refusedWhole(bytes: Buffer, reason: string, field: string | null, detail: string): ParsedMessage {
  return { messageType: null, lines: [], refusals: [{ lineNo: 0, field, reason, detail, raw: bytes }], warnings: [] };
}

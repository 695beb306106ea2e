import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { NamedInstitution } from '@/server/commands/institutions/register-unknown';
import type { FeedSender } from '../../feed/sender';
import { isGzip } from '../../formats/csv/rows';
import { iso20022 } from '../../formats/iso20022/format';
import { MESSAGE_BYTES_MAX, type ParsedMessage } from '../../formats/message-format';
import { Failure } from '../failure';
import { receiptOf } from './send-csv';
import type { SentLine, Tally } from './tally';

const BIC = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const inflate = promisify(gunzip);

export type XmlFile = { readonly bytes: Buffer; readonly parsed: ParsedMessage; readonly profile: string | undefined };

/** Reads a message as the gateway will, to know whom it names and how many lines it makes. */
export async function readXml(file: string, options: { readonly profile: string | undefined; readonly sender: string }): Promise<XmlFile> {
  let bytes = await fs.promises.readFile(file);
  if (isGzip(file)) {
    bytes = await inflate(bytes, { maxOutputLength: MESSAGE_BYTES_MAX + 1 }).catch((error) => {
      throw new Failure(`${file} cannot be inflated: ${(error as Error).message}`);
    });
  }
  if (bytes.length > MESSAGE_BYTES_MAX) throw new Failure(`${file} has more than the ${MESSAGE_BYTES_MAX} bytes that a message may have.`);
  const parsed = await iso20022.parse(bytes, { ...options, receivedAt: new Date() });
  return { bytes, parsed, profile: options.profile };
}

/** The institutions that the payments of a message name. */
export function namedInXml({ parsed }: XmlFile): readonly NamedInstitution[] {
  const named = new Map<string, NamedInstitution>();
  for (const line of parsed.lines) {
    if (line.feed !== 'transactions') continue;
    const { payer, payee, intermediary, currency } = line.value;
    for (const code of [payer.institution, payee.institution, intermediary])
      if (code && !named.has(code)) named.set(code, { code, currency, isBic: BIC.test(code) });
  }
  return [...named.values()];
}

/** Sends one message, under a batch id made of its content. */
export async function sendXml(sender: FeedSender, { bytes, parsed, profile }: XmlFile, tally: Tally): Promise<void> {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  const batchId = `import-${digest}${profile ? `-${profile}` : ''}`;
  const receiptFor = async (id: string) => receiptOf(await sender.sendMessage(bytes, { batchId: id, ...(profile ? { profile } : {}) }));
  let { receipt, resumed } = await receiptFor(batchId);
  // What an earlier run was refused may be welcome now; what was accepted then is a duplicate.
  if (resumed && receipt.refused > 0) ({ receipt, resumed } = await receiptFor(`${batchId}-${randomBytes(6).toString('hex')}`));
  const places = new Map<number, SentLine>();
  for (const { lineNo, ...line } of parsed.lines) {
    const place = { line: lineNo, place: `payment ${lineNo}`, order: lineNo };
    if (line.feed === 'transactions') {
      const { id, amount = '', currency, status } = line.value;
      places.set(lineNo, { ...place, id, amount, currency, status });
    } else if (line.feed === 'settlements') {
      const { reference, amount, currency, status } = line.value;
      places.set(lineNo, { ...place, id: reference, amount, currency, status });
    } else if (!places.has(lineNo)) places.set(lineNo, { ...place, id: line.value.transactionId, amount: '', currency: '', status: '' });
  }
  tally.receiveMessage({ lines: parsed.lines.length + parsed.refusals.length, places, receipt });
}

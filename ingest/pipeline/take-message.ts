import { hash } from 'node:crypto';
import { canonicalJson } from '@/domain/canonical-json';
import { MESSAGE_BYTES_MAX, type MessageLine, type MessageRefusal } from '../formats/message-format';
import { lockAlone } from './awaited-outcomes';
import type { Delivery } from './delivery';
import type { FeedSteps, RawLine, RefusedLine } from './feed-steps';
import type { Intake } from './intake';
import { readied, resolving } from './line-steps';
import type { OpenBatch } from './open-batch';
import { outcomes } from './outcomes';
import type { JsonObject } from './parse-line';
import { quarantine } from './quarantine';
import { keepRawMessages } from './raw-messages';
import type { Body } from './read-body';
import { RequestRefused } from './request-refused';
import { settlements } from './settlements';
import type { Tally } from './tally';
import { transactions } from './transactions';

/** Takes one message whole. Its lines go the way of the feed's lines; beside each, the message that made it is kept. */
export async function takeMessage(
  intake: Intake,
  delivery: Delivery & { readonly query: URLSearchParams },
  body: Body,
  open: () => Promise<OpenBatch | undefined>,
  tally: Tally,
): Promise<OpenBatch | undefined> {
  const bytes = await whole(body);
  // Before it is parsed: a body that nobody signed for is no message.
  body.mustMatch(delivery.digest);
  const message = await intake.messageFormat.parse(bytes, {
    profile: delivery.query.get('profile') ?? undefined,
    receivedAt: delivery.receivedAt,
    sender: delivery.sender.code,
  });
  const batch = await open();
  if (!batch) return undefined;
  const refused = message.refusals.map(refusedLine);
  tally.addWarnings(message.warnings ?? []);
  if (new Set(message.lines.map(({ feed }) => feed)).size > 1) await lockAlone(batch);
  const context = resolving(intake.register, delivery.sender, delivery.receivedAt.getTime());
  // Transactions first: an outcome may speak of one in the same message.
  for (const feed of ['transactions', 'outcomes', 'settlements'] as const) {
    const lines = message.lines.filter((line) => line.feed === feed);
    if (lines.length === 0) continue;
    const steps = STEPS[feed] as FeedSteps<object, object, unknown>;
    const chunk = await readied(batch, steps, lines.map(rawLine), context);
    const stored = await steps.store(batch, chunk.ready);
    tally.addStored(stored);
    refused.push(...chunk.refused, ...stored.refused);
    const { transactionKeys } = stored;
    await keepRawMessages(
      batch,
      intake.sealing,
      'application/xml',
      lines.flatMap(({ lineNo, raw }) => {
        const transactionKey = transactionKeys.get(lineNo);
        return transactionKey === undefined ? [] : [{ lineNo, transactionKey, body: raw }];
      }),
    );
  }
  await quarantine(batch, delivery.feed, refused);
  tally.addRefused(refused);
  return batch;
}

const STEPS = { transactions, outcomes, settlements };

async function whole(body: Body): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body.bytes) {
    length += piece.length;
    if (length > MESSAGE_BYTES_MAX) throw new RequestRefused(413, 'body-too-large', `A message may have ${MESSAGE_BYTES_MAX} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The same payment in another message is a duplicate: what counts is what the message says of it, not the message around it. */
function rawLine({ lineNo, raw, value }: MessageLine): RawLine {
  const contentDigest = hash('sha256', canonicalJson(value), 'hex');
  return { lineNo, bytes: Buffer.from(raw), contentDigest, value: value as JsonObject };
}

function refusedLine({ lineNo, raw, field, reason, detail }: MessageRefusal): RefusedLine {
  return { raw: { lineNo, bytes: Buffer.from(raw as string) }, refusal: { refused: true, field, reason, detail } };
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { debits } from './debits';
import { declarations } from './declarations';
import type { Delivery } from './delivery';
import type { FeedSteps, RawLine, Stored } from './feed-steps';
import { heartbeats } from './heartbeats';
import type { Intake } from './intake';
import { legs } from './legs';
import { type Chunk, type Resolving, readied, resolving } from './line-steps';
import type { OpenBatch } from './open-batch';
import { outcomes } from './outcomes';
import { quarantine } from './quarantine';
import type { Body } from './read-body';
import { readLines } from './read-lines';
import type { Tally } from './tally';
import { transactions } from './transactions';

/** The feeds whose bodies are NDJSON. */
export type LineFeed = 'transactions' | 'legs' | 'heartbeats' | 'outcomes' | 'debits' | 'declarations';

// biome-ignore lint/suspicious/noExplicitAny: each feed's steps agree among themselves; what passes between them is theirs alone.
const STEPS: Readonly<Record<LineFeed, FeedSteps<any, any, any>>> = { transactions, legs, heartbeats, outcomes, debits, declarations };

/** Lines worked on between two looks at the network: the database gets its next chunk without waiting for a whole chunk's arithmetic. */
const SLICE_LINES = 128;

/** Takes a body chunk by chunk: while the database stores one, the next is read and made ready. Undefined where there was an earlier receipt. */
export async function takeLines(
  intake: Intake,
  delivery: Delivery & { readonly feed: LineFeed },
  body: Body,
  open: () => Promise<OpenBatch | undefined>,
  tally: Tally,
): Promise<OpenBatch | undefined> {
  const steps = STEPS[delivery.feed];
  const context = resolving(intake.register, delivery.sender, delivery.receivedAt.getTime());
  let batch: OpenBatch | undefined;
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const lines of readLines(body.bytes)) {
      batch ??= await open();
      if (!batch) return undefined;
      const chunk = await readiedInSlices(batch, steps, lines, context);
      await storing;
      storing = storeChunk(batch, delivery.feed, steps, chunk, tally);
      // Looked at when the next chunk is there; until then its failure is nobody's.
      storing.catch(() => undefined);
    }
    batch ??= await open();
    await storing;
    return batch;
  } catch (error) {
    await storing.catch(() => undefined);
    throw error;
  }
}

async function readiedInSlices<Checked extends object, Resolved extends object, Ready>(
  batch: OpenBatch,
  steps: FeedSteps<Checked, Resolved, Ready>,
  lines: readonly RawLine[],
  context: Resolving,
): Promise<Chunk<Ready>> {
  const chunk: Chunk<Ready> = { ready: [], refused: [] };
  for (let at = 0; at < lines.length; at += SLICE_LINES) {
    const { ready, refused } = await readied(batch, steps, lines.slice(at, at + SLICE_LINES), context);
    chunk.ready.push(...ready);
    chunk.refused.push(...refused);
    await nextTurn();
  }
  return chunk;
}

async function storeChunk<Ready>(
  batch: OpenBatch,
  feed: LineFeed,
  steps: { readonly store: (batch: OpenBatch, lines: readonly Ready[]) => Promise<Stored> },
  chunk: Chunk<Ready>,
  tally: Tally,
): Promise<void> {
  const stored = await steps.store(batch, chunk.ready);
  const refused = [...chunk.refused, ...stored.refused];
  await quarantine(batch, feed, refused);
  await batch.accounts.writeIfMany();
  tally.addStored(stored);
  tally.addRefused(refused);
}

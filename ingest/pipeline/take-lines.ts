import type { Delivery } from './delivery';
import type { FeedSteps, Passing, RefusedLine } from './feed-steps';
import { heartbeats } from './heartbeats';
import type { Intake } from './intake';
import { legs } from './legs';
import { check, parse, resolve } from './line-steps';
import type { OpenBatch } from './open-batch';
import { outcomes } from './outcomes';
import { quarantine } from './quarantine';
import type { Body } from './read-body';
import { readLines } from './read-lines';
import type { Tally } from './tally';
import { transactions } from './transactions';

/** The feeds whose bodies are NDJSON. */
export type LineFeed = 'transactions' | 'legs' | 'heartbeats' | 'outcomes';

// biome-ignore lint/suspicious/noExplicitAny: each feed's steps agree among themselves; what passes between them is theirs alone.
const STEPS: Readonly<Record<LineFeed, FeedSteps<any, any>>> = { transactions, legs, heartbeats, outcomes };

/** Takes a body chunk by chunk: while the database stores one, the next is read, parsed and checked. Undefined where there was an earlier receipt. */
export async function takeLines(
  intake: Intake,
  delivery: Delivery & { readonly feed: LineFeed },
  body: Body,
  open: () => Promise<OpenBatch | undefined>,
  tally: Tally,
): Promise<OpenBatch | undefined> {
  const steps = STEPS[delivery.feed];
  let batch: OpenBatch | undefined;
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of readLines(body.bytes)) {
      const parsed = parse(chunk);
      const checked = check(parsed.passed, steps, delivery.receivedAt.getTime());
      const refused = [...parsed.refused, ...checked.refused];
      batch ??= await open();
      if (!batch) return undefined;
      await storing;
      storing = storeChunk(intake, batch, delivery, { steps, checked: checked.passed, refused, tally });
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

async function storeChunk<Checked extends object, Resolved extends object>(
  intake: Intake,
  batch: OpenBatch,
  delivery: Delivery,
  chunk: {
    readonly steps: FeedSteps<Checked, Resolved>;
    readonly checked: readonly Passing<Checked>[];
    readonly refused: readonly RefusedLine[];
    readonly tally: Tally;
  },
): Promise<void> {
  const resolved = await resolve(chunk.checked, chunk.steps, intake.register, delivery.sender);
  const stored = await chunk.steps.store(batch, resolved.passed);
  const refused = [...chunk.refused, ...resolved.refused, ...stored.refused];
  await quarantine(batch, delivery.feed, refused);
  await batch.accounts.writeIfMany();
  chunk.tally.addStored(stored);
  chunk.tally.addRefused(refused);
}

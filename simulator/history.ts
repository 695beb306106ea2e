import { sessionAt } from './calendar';
import { CLEARING_CODE } from './country';
import { finalLine, resolvedLine, transactionLine } from './feed-lines';
import type { Law } from './law';
import type { Outbox } from './outbox';
import type { Payment } from './payment';
import type { Refunds } from './refunds';
import type { State } from './state';

const LINES_PER_BATCH = 5_000;
const IN_FLIGHT = 3;

/** The payments of [from, to) as lines, each in the state in which history knows it, and what became of unknown ones. */
export function historyLines(input: { law: Law; refunds: Refunds; from: number; to: number; liveFrom: number }): {
  transactions: string[];
  outcomes: string[];
} {
  const { law, refunds, from, to, liveFrom } = input;
  const liveFromMs = liveFrom * 1000;
  const transactions: string[] = [];
  const outcomes: string[] = [];
  const add = (payment: Payment, finalAtMs: number) => {
    const closed = payment.route === 'cleared' && finalAtMs <= liveFromMs;
    transactions.push(transactionLine(law.institutions, payment, closed && payment.status === 'succeeded' ? finalAtMs : undefined));
    const { resolution } = payment;
    if (!resolution || resolution.atMs >= liveFromMs) return;
    outcomes.push(resolvedLine(payment));
    if (closed && resolution.status === 'succeeded') outcomes.push(finalLine(payment, Math.max(finalAtMs, resolution.atMs)));
  };
  for (let second = from; second < to; second++) {
    const { finalAtMs } = sessionAt(second);
    for (const payment of law.payments(second)) add(payment, finalAtMs);
    for (const refund of refunds.at(second)) add(refund, finalAtMs);
  }
  return { transactions, outcomes };
}

/**
 * Sends history, newest first, from where the last run stopped down to `from`: the screens that people open first fill first.
 * Returns false where the run ended before all was acknowledged.
 */
export async function backfill(input: {
  law: Law;
  refunds: Refunds;
  outbox: Outbox;
  state: State;
  from: number;
  chunkSeconds: number;
  /** History reaches back to the epoch second `reached`; so many rows more. */
  onProgress: (progress: { reached: number; rows: number }) => void;
}): Promise<boolean> {
  const { law, refunds, outbox, state, from, chunkSeconds } = input;
  const { liveFrom, historyFrom } = state.kept;
  const running: { start: number; rows: number; done: Promise<boolean> }[] = [];
  let to = historyFrom;
  while (to > from || running.length > 0) {
    while (to > from && running.length < IN_FLIGHT) {
      // Chunks lie on a fixed grid, so that what is sent again after an interruption is the same batch.
      const start = Math.max(from, Math.floor((to - 1) / chunkSeconds) * chunkSeconds);
      const lines = historyLines({ law, refunds, from: start, to, liveFrom });
      running.push({ start, rows: lines.transactions.length, done: sendChunk(outbox, lines) });
      to = start;
      // Making lines is this process's own work; let answers come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const oldest = running.shift();
    if (!oldest || !(await oldest.done)) return false;
    state.save({ historyFrom: oldest.start });
    input.onProgress({ reached: oldest.start, rows: oldest.rows });
  }
  return true;
}

/** Outcomes go after their payments: before, the gateway would not know what they speak of. */
async function sendChunk(outbox: Outbox, lines: { transactions: string[]; outcomes: string[] }): Promise<boolean> {
  for (let at = 0; at < lines.transactions.length; at += LINES_PER_BATCH) {
    if (!(await outbox.send(CLEARING_CODE, 'transactions', lines.transactions.slice(at, at + LINES_PER_BATCH)))) return false;
  }
  return await outbox.send(CLEARING_CODE, 'outcomes', lines.outcomes);
}

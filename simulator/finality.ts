import { SESSION_SECONDS, sessionAt } from './calendar';
import { CLEARING_CODE } from './country';
import { finalLine } from './feed-lines';
import type { Law } from './law';
import type { Outbox } from './outbox';
import type { Payment } from './payment';
import type { Refunds } from './refunds';
import type { State } from './state';

const LINES_PER_BATCH = 5_000;
/** Above so many payments a second, sessions are not made final one payment at a time: it would double the load that is asked for. */
const FINALITY_RATE_MAX = 100;

/** The final outcomes of the session that covers a second: all its payments that succeeded by then and were not known as final before. */
export function* finalLines(input: {
  law: Law;
  refunds: Refunds;
  second: number;
  liveFrom: number;
  historyStart: number;
}): Generator<string> {
  const { law, refunds, second, liveFrom, historyStart } = input;
  const { opensAt, closesAt, finalAtMs } = sessionAt(second);
  if (finalAtMs <= liveFrom * 1000) return;
  const succeeded = (payment: Payment) =>
    payment.route === 'cleared' &&
    (payment.status === 'succeeded' || (payment.resolution?.status === 'succeeded' && payment.resolution.atMs < finalAtMs));
  for (let at = Math.max(opensAt, historyStart); at < closesAt; at++) {
    for (const payment of law.payments(at)) if (succeeded(payment)) yield finalLine(payment, finalAtMs);
    for (const refund of refunds.at(at)) if (succeeded(refund)) yield finalLine(refund, finalAtMs);
  }
}

/** Makes the sessions final whose time has come, oldest first. Call it now and then. */
export async function finaliseSessions(input: {
  law: Law;
  refunds: Refunds;
  outbox: Outbox;
  state: State;
  meanRate: number;
  /** All that fell due up to here is acknowledged. */
  ackedMs: number;
}): Promise<void> {
  const { law, refunds, outbox, state, meanRate, ackedMs } = input;
  if (meanRate > FINALITY_RATE_MAX) return;
  while (true) {
    const session = sessionAt(state.kept.finalisedUntil);
    const { liveFrom, historyFrom, historyStart } = state.kept;
    if (session.finalAtMs > ackedMs || historyFrom > Math.max(session.opensAt, historyStart)) return;
    let lines: string[] = [];
    for (const line of finalLines({ law, refunds, second: session.opensAt, liveFrom, historyStart })) {
      lines.push(line);
      if (lines.length < LINES_PER_BATCH) continue;
      if (!(await outbox.send(CLEARING_CODE, 'outcomes', lines))) return;
      lines = [];
    }
    if (!(await outbox.send(CLEARING_CODE, 'outcomes', lines))) return;
    state.save({ finalisedUntil: session.opensAt + SESSION_SECONDS });
  }
}

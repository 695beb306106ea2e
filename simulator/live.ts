import { CLEARING_CODE } from './country';
import type { Law } from './law';
import { hasLegs } from './leg-reports';
import type { Outbox } from './outbox';
import { pause } from './pause';
import type { Payment } from './payment';
import type { Refunds } from './refunds';
import type { State } from './state';
import { RESOLUTION_SECONDS_MAX, Timeline } from './timeline';

const TICK_MS = 250;
/** Lines that one request carries while catching up. */
const CATCH_UP_LINES = 5_000;
const IN_FLIGHT = 4;
/** A gap of more payments than this (a long sleep at a high rate) is not filled: the simulator says so and goes on from now. */
const GAP_PAYMENTS_MAX = 3_000_000;
/** So many payments at most are made again to find outcomes that are still to come. */
const LOOK_BACK_PAYMENTS_MAX = 1_000_000;

/** Sends payments and outcomes as they fall due, and fast what fell due while nobody sent. Ends with the signal. */
export async function runLive(input: {
  law: Law;
  refunds: Refunds;
  outbox: Outbox;
  state: State;
  meanRate: number;
  signal: AbortSignal;
  report: (sentence: string) => void;
  onReported: (payment: Payment) => void;
}): Promise<void> {
  const { law, refunds, outbox, state, meanRate, signal, onReported } = input;
  skipGap(input);
  const { liveFrom, liveAckedMs } = state.kept;
  const lookBackSeconds = Math.ceil(Math.min(RESOLUTION_SECONDS_MAX, Math.max(15, LOOK_BACK_PAYMENTS_MAX / meanRate)));
  const acknowledgedFrom = Math.max(state.kept.historyStart, state.kept.historyFrom);
  const timeline = new Timeline({
    law,
    refunds,
    liveFrom,
    afterMs: liveAckedMs,
    from: Math.max(acknowledgedFrom, Math.floor(liveAckedMs / 1000) - lookBackSeconds),
  });
  const stepMs = Math.max(TICK_MS, (CATCH_UP_LINES / (meanRate * 2)) * 1000);
  let takenMs = liveAckedMs;
  let inFlight = 0;
  // One after the other, so that an outcome never overtakes its payment and the watermark never passes what is not acknowledged.
  let settled: Promise<boolean> = Promise.resolve(true);
  while (!signal.aborted) {
    const nowMs = Date.now();
    const toMs = Math.min(nowMs, takenMs + stepMs);
    if (toMs <= takenMs || inFlight >= IN_FLIGHT) {
      await pause(TICK_MS / 5, signal);
      continue;
    }
    const stretch = timeline.take(toMs);
    takenMs = toMs;
    const sent = outbox.send(CLEARING_CODE, 'transactions', stretch.transactions);
    for (const payment of stretch.reported) if (hasLegs(payment, meanRate)) onReported(payment);
    inFlight += 1;
    settled = settled.then(async (before) => {
      const whole = before && (await sent) && (await outbox.send(CLEARING_CODE, 'outcomes', stretch.outcomes));
      if (whole) state.save({ liveAckedMs: toMs });
      inFlight -= 1;
      return whole;
    });
    if (toMs === nowMs) await pause(TICK_MS, signal);
    else await pause(0, signal);
  }
  await settled;
}

function skipGap(input: { state: State; meanRate: number; report: (sentence: string) => void }): void {
  const { state, meanRate, report } = input;
  const gapSeconds = (Date.now() - state.kept.liveAckedMs) / 1000;
  if (gapSeconds * meanRate <= GAP_PAYMENTS_MAX) return;
  const from = Math.floor(Date.now() / 1000);
  report(`Nothing was sent for ${Math.round(gapSeconds / 60)} minutes, which at this rate is too much to make up for: going on from now.`);
  state.save({
    liveFrom: from,
    historyStart: from,
    liveAckedMs: from * 1000 - 1,
    legsAckedMs: from * 1000 - 1,
    finalisedUntil: from,
    historyFrom: 0,
    legHistoryFrom: 0,
  });
}

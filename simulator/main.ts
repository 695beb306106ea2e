import { setMaxListeners } from 'node:events';
import { DAY_SECONDS } from './calendar';
import { CLEARING_CODE } from './country';
import { reportCutOver } from './cut-over/report-days';
import { heartbeatLine } from './feed-lines';
import { finaliseSessions } from './finality';
import { heartbeatsAt } from './heartbeats';
import { backfill } from './history';
import { Law } from './law';
import { hasLegs, reportLegs } from './leg-reports';
import { runLive } from './live';
import { Outbox } from './outbox';
import { pause } from './pause';
import type { Payment } from './payment';
import { Refunds } from './refunds';
import { type Settings, settingsOf } from './settings';
import { runSettlementAgent } from './settlement/settlement-agent';
import { State } from './state';
import { Truth } from './truth';

const LEG_REPORT_MS = 10_000;
/** Payments whose legs wait to be reported; beyond, the newest go without. */
const LEG_QUEUE_MAX = 200_000;
/** Legs that an earlier run did not get to send are made up for over so long. */
const LEG_CATCH_UP_MS = 2 * 3_600_000;
/** History that goes ahead of everything else, so that what happens next has something to refer to. */
const FIRST_SECONDS = 3_600;
const FIRST_LINES = 20_000;
const CHUNK_LINES = 5_000;
const PAST_HEARTBEATS_SECONDS = 3_600;
const PAST_HEARTBEAT_STEP = 300;

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** One run of the simulated country, until the signal. */
async function run(settings: Settings, signal: AbortSignal): Promise<void> {
  const { seed, meanRate, historySeconds, dataFolder: folder } = settings;
  const outbox = new Outbox({ settings, signal, report: say });
  // A few seconds back, so that live has something to send at once.
  const state = State.open({ folder, seed, meanRate, nowSecond: Math.floor(Date.now() / 1000) - 15 });
  const law = new Law({ seed, meanRate, misconduct: { quickFrom: state.kept.liveFrom } });
  // A run that went on after a gap, or under another law, has no history of its own.
  const from = state.kept.historyFrom === 0 ? 0 : Math.min(state.kept.historyStart, state.kept.liveFrom - historySeconds);
  if (from > 0) state.save({ historyStart: from });
  const truth = new Truth({ folder, law, from: Math.max(from, state.kept.liveFrom - historySeconds) });
  const waiting: Payment[] = [];

  const startedMs = Date.now();
  let told = 0;
  let sent = 0;
  const onProgress = ({ reached, rows }: { reached: number; rows: number }) => {
    sent += rows;
    if (Date.now() - told < 1_000) return;
    told = Date.now();
    const share = (state.kept.liveFrom - reached) / (state.kept.liveFrom - from);
    const perSecond = Math.round(sent / ((told - startedMs) / 1000));
    say(`back-fill ${Math.floor(share * 100)} % · ${sent.toLocaleString('en')} rows · ${perSecond.toLocaleString('en')}/s`);
  };
  const history = { law, refunds: new Refunds(law), outbox, state, onProgress };
  const chunkSeconds = Math.max(1, Math.floor(CHUNK_LINES / meanRate));
  await backfill({
    ...history,
    from: Math.max(from, state.kept.liveFrom - Math.min(FIRST_SECONDS, Math.ceil(FIRST_LINES / meanRate))),
    chunkSeconds,
  });

  const live = runLive({
    law,
    refunds: new Refunds(law),
    outbox,
    state,
    meanRate,
    signal,
    report: say,
    onReported: (payment) => {
      if (waiting.length < LEG_QUEUE_MAX) waiting.push(payment);
    },
  });
  const others = [
    heartbeats({ settings, law, outbox, signal }),
    legs({ law, outbox, state, meanRate, signal, waiting, truth }),
    finality({ law, outbox, state, meanRate, signal, truth }),
    runSettlementAgent({ settings, law, state, signal, report: say }),
    // What banks debit is reported once the payments are there: before, all of it would look direct.
    past().then(() => reportCutOver({ law, outbox, meanRate, folder, from: state.kept.historyStart, signal, report: say })),
  ];
  say(`live · ${meanRate} payments a second on average · seed ${seed}`);
  await Promise.all([live, ...others]);
  outbox.close();

  async function past(): Promise<void> {
    const missing = state.kept.historyFrom > from;
    if (!(await backfill({ ...history, from, chunkSeconds }))) return;
    if (missing) {
      const seconds = (Date.now() - startedMs) / 1000;
      const days = ((state.kept.liveFrom - from) / DAY_SECONDS).toFixed(1);
      say(`back-fill done · ${days} days · ${sent.toLocaleString('en')} payments in ${seconds.toFixed(1)} s`);
    }
    if (missing) await pastHeartbeats({ law, outbox, state });
    await pastLegs({ law, outbox, state, meanRate, hours: settings.legHours, truth });
  }
}

/** Each round, the clearing institution reports what its probers measured. */
async function heartbeats(input: { settings: Settings; law: Law; outbox: Outbox; signal: AbortSignal }): Promise<void> {
  const { settings, law, outbox, signal } = input;
  const step = settings.heartbeatSeconds;
  let everybody = true;
  while (!signal.aborted) {
    const round = Math.floor(Date.now() / 1000 / step) * step;
    await outbox.send(CLEARING_CODE, 'heartbeats', [...heartbeatsAt(law, round, { step, everybody })].map(heartbeatLine));
    everybody = false;
    await pause((round + step) * 1000 + 500 - Date.now(), signal);
  }
}

async function pastHeartbeats({ law, outbox, state }: { law: Law; outbox: Outbox; state: State }): Promise<void> {
  const step = PAST_HEARTBEAT_STEP;
  const first = Math.ceil((state.kept.liveFrom - PAST_HEARTBEATS_SECONDS) / step) * step;
  for (let round = first; round < state.kept.liveFrom; round += step) {
    const lines = [...heartbeatsAt(law, round, { step, everybody: true })].map(heartbeatLine);
    if (!(await outbox.send(CLEARING_CODE, 'heartbeats', lines))) return;
  }
}

/** Every few seconds, every party reports its legs of the payments that were reported meanwhile. */
async function legs(input: {
  law: Law;
  outbox: Outbox;
  state: State;
  meanRate: number;
  signal: AbortSignal;
  waiting: Payment[];
  truth: Truth;
}): Promise<void> {
  const { law, outbox, state, signal, waiting, truth } = input;
  // Reported by an earlier run, which ended before their legs were.
  const { liveFrom, legsAckedMs, liveAckedMs } = state.kept;
  const missedFromMs = Math.max(legsAckedMs, liveAckedMs - LEG_CATCH_UP_MS);
  const missed = [...paymentsBetween(law, Math.max(liveFrom, Math.floor(missedFromMs / 1000) - 15), Math.ceil(liveAckedMs / 1000))].filter(
    ({ reportedMs }) => reportedMs > missedFromMs && reportedMs <= liveAckedMs,
  );
  waiting.unshift(...missed.filter((payment) => hasLegs(payment, input.meanRate)));
  while (!signal.aborted) {
    await pause(LEG_REPORT_MS, signal);
    const upToMs = state.kept.liveAckedMs;
    const payments = waiting.splice(0);
    if (payments.length > 0 && (await reportLegs({ law, outbox, payments, truth }))) state.save({ legsAckedMs: upToMs });
  }
}

/** Legs of the last hours of history, newest first, after all its payments. */
async function pastLegs(input: { law: Law; outbox: Outbox; state: State; meanRate: number; hours: number; truth: Truth }): Promise<void> {
  const { law, outbox, state, meanRate, hours, truth } = input;
  const from = Math.max(state.kept.historyStart, state.kept.liveFrom - hours * 3_600);
  let sent = false;
  while (state.kept.legHistoryFrom > from) {
    const to = state.kept.legHistoryFrom;
    const step = to === state.kept.liveFrom ? 3_600 : 4 * 3_600;
    const start = Math.max(from, Math.floor((to - 1) / step) * step);
    const payments = [...paymentsBetween(law, start, to)].filter((payment) => hasLegs(payment, meanRate));
    if (!(await reportLegs({ law, outbox, payments, truth }))) return;
    state.save({ legHistoryFrom: start });
    sent = true;
  }
  if (sent) say(`legs of the last ${hours} hours done`);
}

function* paymentsBetween(law: Law, from: number, to: number): Generator<Payment> {
  const refunds = new Refunds(law);
  for (let second = from; second < to; second++) {
    yield* law.payments(second);
    yield* refunds.at(second);
  }
}

async function finality(input: {
  law: Law;
  outbox: Outbox;
  state: State;
  meanRate: number;
  signal: AbortSignal;
  truth: Truth;
}): Promise<void> {
  const refunds = new Refunds(input.law);
  while (!input.signal.aborted) {
    input.truth.recordDays(Math.floor(Date.now() / 1000));
    await finaliseSessions({ ...input, refunds, ackedMs: input.state.kept.liveAckedMs });
    await pause(5_000, input.signal);
  }
}

const ending = new AbortController();
// Every request under way listens for the end.
setMaxListeners(0, ending.signal);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort());
try {
  await run(settingsOf(process.env), ending.signal);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

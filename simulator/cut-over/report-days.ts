import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { businessDate } from '../business-time';
import { businessDay, DAY_SECONDS, ZONE_SECONDS } from '../calendar';
import type { Law } from '../law';
import type { Outbox } from '../outbox';
import { pause } from '../pause';
import type { Payment } from '../payment';
import { Refunds } from '../refunds';
import { debitOf, hiddenDebits, type SimulatedDebit } from './bank-debits';
import { DayTotals } from './day-totals';
import { debitLine } from './debit-line';
import { type Stances, stancesOf } from './stances';

/** Above this many payments a second the banks of the country report no single debits. */
const RATE_MAX = 20;
const LINES_PER_BATCH = 5_000;
const IN_FLIGHT = 3;
const LOOK_MS = 30_000;
/** An unknown payment may turn out to have succeeded half an hour later; only then is its debit certain. */
const CERTAIN_AFTER_SECONDS = 1_900;
/** Declarations are due half an hour after the day. */
const DECLARED_AFTER_SECONDS = 7_200;

const Kept = z.object({
  /** The business day that stances are counted from. */
  originDay: z.int(),
  /** Debits are acknowledged up to here, in epoch seconds. */
  debitsUntil: z.int(),
  /** The last business day that was declared. */
  declaredDay: z.int(),
  cells: z.array(z.string()),
});
type Kept = z.infer<typeof Kept>;

/**
 * Every bank's debits and both sides' declarations, from the first day of history on and then day by day, until the signal. What was
 * acknowledged is remembered; what is sent again is the same message.
 */
export async function reportCutOver(input: {
  law: Law;
  outbox: Outbox;
  meanRate: number;
  folder: string;
  /** Epoch second of the first payment of history. */
  from: number;
  signal: AbortSignal;
  report: (sentence: string) => void;
}): Promise<void> {
  const { law, outbox, folder, from, signal, report } = input;
  if (input.meanRate > RATE_MAX) return report(`banks report single debits at ${RATE_MAX} payments a second and less`);
  const file = path.join(folder, 'simulator-cut-over.json');
  const nowSecond = () => Math.floor(Date.now() / 1000);
  let kept: Kept = existsSync(file)
    ? Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { originDay: businessDay(nowSecond()), debitsUntil: Math.floor(from), declaredDay: businessDay(from) - 1, cells: [] };
  const save = (changed: Partial<Kept>) => {
    kept = { ...kept, ...changed };
    writeFileSync(`${file}.tmp`, JSON.stringify(kept));
    renameSync(`${file}.tmp`, file);
  };
  const stances = stancesOf(law, kept.originDay);
  const cells = new Set(kept.cells);
  let told = false;
  while (!signal.aborted) {
    const until = nowSecond() - CERTAIN_AFTER_SECONDS;
    // A day at a time, so that a cut never costs more than that.
    const to = Math.min(until, dayStart(businessDay(kept.debitsUntil) + 1));
    if (to > kept.debitsUntil) {
      if (!(await sendDebits({ law, outbox, lines: debitsBetween(law, stances, kept.debitsUntil, to) }))) return;
      save({ debitsUntil: to });
    }
    const next = kept.declaredDay + 1;
    if (kept.debitsUntil >= dayStart(next + 1) && nowSecond() >= dayStart(next + 1) + DECLARED_AFTER_SECONDS) {
      const totals = dayTotals(law, stances, next, from);
      for (const cell of totals.cells()) cells.add(cell);
      const declarations = totals.declarations({ day: next, cells, stances, nowMs: Date.now() });
      if (!(await sendAll({ law, outbox, feed: 'declarations', bySender: declarations }))) return;
      recordTruth(folder, law, stances, next);
      save({ declaredDay: next, cells: [...cells] });
    } else if (to === until) {
      if (!told) report(`banks' debits reported until now, days declared until ${businessDate(kept.declaredDay)}`);
      told = true;
      await pause(LOOK_MS, signal);
    }
  }
}

function dayStart(day: number): number {
  return day * DAY_SECONDS - ZONE_SECONDS;
}

/** All debits of payments accepted in [from, to) and hidden ones carried out in it. */
export function* debitsBetween(law: Law, stances: Stances, from: number, to: number): Generator<SimulatedDebit> {
  for (const payment of paymentsBetween(law, from, to)) {
    const debit = debitOf(law, stances, payment);
    if (debit) yield debit;
  }
  for (let day = businessDay(from); day <= businessDay(to - 1); day++)
    for (const debit of hiddenDebits(law, stances, day)) if (debit.debitedMs >= from * 1000 && debit.debitedMs < to * 1000) yield debit;
}

/** What each side's books say of a business day. A debit belongs to the day on which the bank carried it out, a payment to that of its acceptance. */
export function dayTotals(law: Law, stances: Stances, day: number, historyFrom: number): DayTotals {
  const totals = new DayTotals(law);
  const from = Math.max(dayStart(day), Math.ceil(historyFrom));
  const onDay = (debit: SimulatedDebit) => businessDay(Math.floor(debit.debitedMs / 1000)) === day;
  // A debit may be carried out a moment after midnight for a payment accepted before.
  for (const debit of debitsBetween(law, stances, Math.max(from - 300, Math.ceil(historyFrom)), dayStart(day + 1)))
    if (onDay(debit)) totals.addDebit(debit);
  for (const payment of paymentsBetween(law, from, dayStart(day + 1))) totals.addPayment(payment);
  return totals;
}

function* paymentsBetween(law: Law, from: number, to: number): Generator<Payment> {
  const refunds = new Refunds(law);
  for (let second = from; second < to; second++) {
    yield* law.payments(second);
    yield* refunds.at(second);
  }
}

async function sendDebits({ law, outbox, lines }: { law: Law; outbox: Outbox; lines: Iterable<SimulatedDebit> }): Promise<boolean> {
  const byBank = new Map<number, string[]>();
  for (const debit of lines) {
    if (debit.omitted !== 'no') continue;
    const held = byBank.get(debit.bank);
    if (held) held.push(debitLine(law, debit));
    else byBank.set(debit.bank, [debitLine(law, debit)]);
  }
  return await sendAll({ law, outbox, feed: 'debits', bySender: byBank });
}

async function sendAll(input: {
  law: Law;
  outbox: Outbox;
  feed: 'debits' | 'declarations';
  bySender: ReadonlyMap<number, string[]>;
}): Promise<boolean> {
  const { law, outbox, feed, bySender } = input;
  const waiting = [...bySender].flatMap(([sender, lines]) =>
    Array.from(
      { length: Math.ceil(lines.length / LINES_PER_BATCH) },
      (_, n) => [sender, lines.slice(n * LINES_PER_BATCH, (n + 1) * LINES_PER_BATCH)] as const,
    ),
  );
  let whole = true;
  const worker = async () => {
    for (let next = waiting.pop(); next && whole; next = waiting.pop()) {
      const [sender, lines] = next;
      if (!(await outbox.send(law.institutions[sender]?.code as string, feed, lines))) whole = false;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return whole;
}

/** What was planted on a day, for whoever measures how well it is found. */
function recordTruth(folder: string, law: Law, stances: Stances, day: number): void {
  const at = path.join(folder, 'simulator-truth');
  mkdirSync(at, { recursive: true });
  const code = (index: number) => law.institutions[index]?.code;
  const hidden = hiddenDebits(law, stances, day).map((debit) =>
    JSON.stringify({
      day: businessDate(day),
      planted: 'hidden-direct',
      institution: code(debit.institution),
      bank: code(debit.bank),
      businessType: debit.businessType,
      serial: debit.serial,
      amountMinor: String(debit.amountMinor),
      reported: debit.omitted === 'no',
    }),
  );
  if (hidden.length > 0) appendFileSync(path.join(at, 'cut-over.ndjson'), `${hidden.join('\n')}\n`);
}

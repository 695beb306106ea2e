import { DAY_MS, HOUR_MS } from '../movement';
import type { Typology } from '../typologies/typology';

/** What one detector found in an alert, with the numbers that it compared: enough to do the sum again by hand. */
export type Finding = {
  readonly typology: Typology;
  readonly version: number;
  readonly size: number;
  /** What the settings ask, and what was asked after a look at how common it is in this network. */
  readonly asked: number;
  readonly askedHere: number;
  /** The share of arrivals that reach this size: why it is not noise. */
  readonly share: number;
  readonly windowMs: number;
};
/** What raised a score, in log-odds. */
export type Reason = { readonly feature: string; readonly value: number; readonly adds: number };

export type Alert = {
  readonly id: string;
  /** The account that it was opened for. */
  readonly subject: string;
  readonly openedAtMs: number;
  updatedAtMs: number;
  /** The newest finding of each kind, the one that opened the alert first. */
  findings: Finding[];
  transactions: string[];
  /** Transactions that belong to it beyond those that are listed. */
  unlisted: number;
  /** The highest score among its transactions, 0 to 1, and what made it. */
  score: number;
  reasons: readonly Reason[];
  /** Alerts about the same subject that were not opened because the day had had enough of them. */
  folded: number;
};
export type AlertChange = { readonly kind: 'opened' | 'grown' | 'folded'; readonly alert: Alert };

export type AlertLimits = {
  readonly perSubjectAndDay: number;
  /** An alert grows until nothing has joined it for this long. */
  readonly openMs: number;
  readonly transactionsMax: number;
};
export const ALERT_LIMITS: AlertLimits = { perSubjectAndDay: 3, openMs: 30 * DAY_MS, transactionsMax: 500 };

export type NewSighting = {
  readonly finding: Finding;
  readonly subject: string;
  readonly transactions: readonly string[];
  readonly score: number;
  /** Asked for only where the alert is to show them. */
  readonly reasons: () => readonly Reason[];
};
type DayOf = { day: number; opened: number; last: string };
export type SavedAlertBook = {
  readonly open: readonly Alert[];
  readonly byTransaction: readonly (readonly [string, string])[];
  readonly bySubject: readonly (readonly [string, string])[];
  readonly days: readonly (readonly [string, DayOf])[];
  readonly sweptDay: number;
};

/** Business days begin at midnight in UTC+8. */
const dayOf = (atMs: number) => Math.floor((atMs + 8 * HOUR_MS) / DAY_MS);

/**
 * The alerts that may still grow. A sighting joins the alert that already names most of its transactions, or the one of the same kind about
 * the same subject; else it opens one, at most so many a subject and day, and beyond that it is folded into the last with a count.
 */
export class AlertBook {
  readonly #limits: AlertLimits;
  readonly #open = new Map<string, Alert>();
  readonly #byTransaction = new Map<string, string>();
  readonly #bySubject = new Map<string, string>();
  readonly #days = new Map<string, DayOf>();
  #sweptDay = 0;

  constructor(limits: AlertLimits = ALERT_LIMITS, saved?: SavedAlertBook) {
    this.#limits = limits;
    if (!saved) return;
    for (const alert of saved.open) {
      const own = structuredClone(alert) as Alert;
      this.#open.set(own.id, own);
    }
    // Which of two alerts a transaction counts for depends on when each named it, so that is kept and not worked out again.
    for (const [transaction, id] of saved.byTransaction) this.#byTransaction.set(transaction, id);
    for (const [subject, id] of saved.bySubject) this.#bySubject.set(subject, id);
    for (const [subject, day] of saved.days) this.#days.set(subject, { ...day });
    this.#sweptDay = saved.sweptDay;
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Whether an open alert names this transaction. */
  alertOf(transaction: string): Alert | undefined {
    const id = this.#byTransaction.get(transaction);
    return id === undefined ? undefined : this.#open.get(id);
  }

  take(sighting: NewSighting, atMs: number): AlertChange | undefined {
    this.#sweep(atMs);
    const own = this.#belongsTo(sighting);
    if (own) return this.#grow(own, sighting, atMs);
    const day = dayOf(atMs);
    const seen = this.#days.get(sighting.subject);
    if (seen && seen.day === day && seen.opened >= this.#limits.perSubjectAndDay) {
      const last = this.#open.get(seen.last);
      if (!last) return undefined;
      last.folded++;
      return { kind: 'folded', alert: last };
    }
    const alert: Alert = {
      id: `${sighting.finding.typology}:${sighting.subject}:${sighting.transactions[0]}`,
      subject: sighting.subject,
      openedAtMs: atMs,
      updatedAtMs: atMs,
      findings: [sighting.finding],
      transactions: sighting.transactions.slice(0, this.#limits.transactionsMax),
      unlisted: Math.max(0, sighting.transactions.length - this.#limits.transactionsMax),
      score: sighting.score,
      reasons: sighting.reasons(),
      folded: 0,
    };
    this.#open.set(alert.id, alert);
    this.#index(alert, alert.transactions);
    this.#days.set(sighting.subject, { day, opened: (seen?.day === day ? seen.opened : 0) + 1, last: alert.id });
    return { kind: 'opened', alert };
  }

  /** Raises the score of the alert that names a transaction. */
  rescore(transaction: string, score: number, reasons: () => readonly Reason[]): AlertChange | undefined {
    const alert = this.alertOf(transaction);
    if (!alert || score <= alert.score) return undefined;
    alert.score = score;
    alert.reasons = reasons();
    return { kind: 'grown', alert };
  }

  save(): SavedAlertBook {
    return structuredClone({
      open: [...this.#open.values()],
      byTransaction: [...this.#byTransaction],
      bySubject: [...this.#bySubject],
      days: [...this.#days],
      sweptDay: this.#sweptDay,
    });
  }

  #belongsTo({ transactions, finding, subject }: NewSighting): Alert | undefined {
    const named = new Map<string, number>();
    for (const transaction of transactions) {
      const id = this.#byTransaction.get(transaction);
      if (id !== undefined) named.set(id, (named.get(id) ?? 0) + 1);
    }
    let [best, most] = ['', 0];
    for (const [id, count] of named) if (count > most) [best, most] = [id, count];
    if (most * 2 >= transactions.length && most > 0) return this.#open.get(best);
    const id = this.#bySubject.get(`${finding.typology}|${subject}`);
    return id === undefined ? undefined : this.#open.get(id);
  }

  #grow(alert: Alert, { finding, transactions, score, reasons }: NewSighting, atMs: number): AlertChange | undefined {
    const known = new Set(alert.transactions);
    const fresh = transactions.filter((one) => !known.has(one));
    const place = alert.findings.findIndex(({ typology }) => typology === finding.typology);
    const larger = place < 0 || (alert.findings[place]?.size ?? 0) < finding.size;
    if (fresh.length === 0 && !larger && score <= alert.score) return undefined;
    if (place < 0) alert.findings.push(finding);
    else if (larger) alert.findings[place] = finding;
    const listed = fresh.slice(0, Math.max(0, this.#limits.transactionsMax - alert.transactions.length));
    alert.transactions.push(...listed);
    alert.unlisted += fresh.length - listed.length;
    alert.updatedAtMs = atMs;
    if (score > alert.score) {
      alert.score = score;
      alert.reasons = reasons();
    }
    this.#index(alert, listed);
    return { kind: 'grown', alert };
  }

  #index(alert: Alert, transactions: readonly string[]): void {
    for (const transaction of transactions) if (!this.#byTransaction.has(transaction)) this.#byTransaction.set(transaction, alert.id);
    for (const { typology } of alert.findings) {
      const key = `${typology}|${alert.subject}`;
      if (!this.#bySubject.has(key)) this.#bySubject.set(key, alert.id);
    }
  }

  // Once a day of the stream: what nothing joins any more is no longer held.
  #sweep(atMs: number): void {
    const day = dayOf(atMs);
    if (day === this.#sweptDay) return;
    this.#sweptDay = day;
    for (const [subject, seen] of this.#days) if (seen.day < day) this.#days.delete(subject);
    let closed = false;
    for (const [id, alert] of this.#open) {
      if (atMs - alert.updatedAtMs <= this.#limits.openMs) continue;
      this.#open.delete(id);
      closed = true;
    }
    if (!closed) return;
    // Indexed anew from what stays, so that a restored book and one that ran on know the same.
    this.#byTransaction.clear();
    this.#bySubject.clear();
    for (const alert of this.#open.values()) this.#index(alert, alert.transactions);
  }
}

import { parseAmount, parseMinor } from '@/domain/money';
import type { Receipt } from '../../feed/receipt';

/** One line that was sent, by what the report says of it. */
export type SentLine = {
  /** Its number in the batch. */
  readonly line: number;
  /** For a person: "row 17", or "payment 1". */
  readonly place: string;
  readonly order: number;
  readonly id: string;
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
};
export type RefusalExample = { readonly order: number; readonly place: string; readonly id: string; readonly detail: string };
export type RefusalGroup = { count: number; readonly examples: RefusalExample[] };
/** `succeededMinor` is what screens add up: an order that nobody has confirmed is stored, and is no money moved yet. */
export type CurrencyTotal = { payments: number; minor: bigint; succeededMinor: bigint };

const EXAMPLES_MAX = 3;

/** What became of every row of a file: accepted + duplicate + refused = rows. */
export class Tally {
  rows = 0;
  accepted = 0;
  duplicate = 0;
  refused = 0;
  /** Batches whose receipt is of an earlier run. */
  resumed = 0;
  /** Rows that an earlier run's receipt refuses, sent once more. */
  retried = 0;
  /** Rows whose amount was rounded before it was sent, because that was asked for. */
  rounded = 0;
  readonly warnings = new Set<string>();
  readonly refusals = new Map<string, RefusalGroup>();
  /** Of accepted and duplicate rows: what is stored now. Never added across currencies. */
  readonly totals = new Map<string, CurrencyTotal>();
  readonly #amountUnit: 'major' | 'minor';

  constructor(amountUnit: 'major' | 'minor' = 'major') {
    this.#amountUnit = amountUnit;
  }

  /** A row that could not even be sent. */
  refuse(reason: string, example: RefusalExample): void {
    this.rows += 1;
    this.refused += 1;
    this.#group(reason, example);
  }

  /** A batch of lines with its receipt. The receipt must list each of its refusals. */
  receive(lines: readonly SentLine[], receipt: Receipt): void {
    if (receipt.refusals.length !== receipt.refused) throw new Error('the receipt does not list all of its refusals');
    this.rows += lines.length;
    this.accepted += receipt.accepted;
    this.duplicate += receipt.duplicate;
    this.refused += receipt.refused;
    const sentAt = new Map(lines.map((sent) => [sent.line, sent]));
    const refused = new Set<number>();
    for (const { line, reason, field, detail } of receipt.refusals) {
      refused.add(line);
      const { place, order, id } = sentAt.get(line) ?? { place: `line ${line}`, order: line, id: '' };
      this.#group(reason, { order, place, id, detail: field ? `${field}: ${detail}` : detail });
    }
    for (const line of lines) if (!refused.has(line.line)) this.#add(line);
  }

  /** A message with its receipt. One payment of it may have made two lines (a return: the refund, and the outcome of the original). */
  receiveMessage(input: { readonly lines: number; readonly places: ReadonlyMap<number, SentLine>; readonly receipt: Receipt }): void {
    const { lines, places, receipt } = input;
    for (const warning of receipt.warnings ?? []) this.warnings.add(warning);
    this.rows += lines;
    this.accepted += receipt.accepted;
    this.duplicate += receipt.duplicate;
    this.refused += receipt.refused;
    const refused = new Set<number>();
    for (const { line, reason, field, detail } of receipt.refusals) {
      refused.add(line);
      const sent = places.get(line);
      const place = line === 0 ? 'the message' : `payment ${line}`;
      this.#group(reason, { order: line, place, id: sent?.id ?? '', detail: field ? `${field}: ${detail}` : detail });
    }
    for (const [line, sent] of places) if (sent.currency !== '' && !refused.has(line)) this.#add(sent);
  }

  get unaccounted(): number {
    return this.rows - this.accepted - this.duplicate - this.refused;
  }

  #add({ amount, currency, status }: SentLine): void {
    const parsed = this.#amountUnit === 'minor' ? parseMinor(amount, currency) : parseAmount(amount, currency);
    if (!parsed.ok) throw new Error(`the gateway accepted an amount that is none: ${amount} ${currency}`);
    const total = this.totals.get(currency) ?? { payments: 0, minor: 0n, succeededMinor: 0n };
    total.payments += 1;
    total.minor += parsed.minor;
    if (status === 'succeeded') total.succeededMinor += parsed.minor;
    this.totals.set(currency, total);
  }

  // Receipts come in any order; the examples are the first of the file all the same.
  #group(reason: string, example: RefusalExample): void {
    const group = this.refusals.get(reason) ?? { count: 0, examples: [] };
    group.count += 1;
    group.examples.push(example);
    group.examples.sort((a, b) => a.order - b.order);
    group.examples.splice(EXAMPLES_MAX);
    this.refusals.set(reason, group);
  }
}

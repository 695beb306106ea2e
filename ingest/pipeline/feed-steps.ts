import type { Institution, InstitutionRegister } from './institution-register';
import type { OpenBatch } from './open-batch';
import type { JsonObject } from './parse-line';
import type { Refusal } from './refusal';

/** A line as it came. */
export type RawLine = {
  /** From 1. */
  readonly lineNo: number;
  /** Without the line end; of a line that is too long, only its head. */
  readonly bytes: Buffer;
  /** Set where `bytes` is only the head: length and SHA-256 of the whole line. */
  readonly tooLong?: { readonly length: number; readonly digest: Buffer };
  /** Of a line that a message format made: what stands for its content, in hexadecimal. */
  readonly contentDigest?: string;
  /** The same line's content. */
  readonly value?: JsonObject;
};

/** A line on its way through the steps, with what the last step made of it. */
export type Passing<T> = { readonly raw: RawLine; readonly item: T };
export type RefusedLine = { readonly raw: RawLine; readonly refusal: Refusal };

export type Stored = {
  readonly accepted: number;
  readonly duplicate: number;
  readonly refused: readonly RefusedLine[];
  /** The accepted lines' own times, as milliseconds: from (floor) and to (ceiling). */
  readonly span: Span | undefined;
  /** Which transaction each accepted line speaks of; asked for where messages are kept beside their lines. */
  readonly transactionKeys: ReadonlyMap<number, string>;
  /** For the receipt. */
  readonly warnings?: readonly string[];
};
export type Span = { readonly fromMs: number; readonly toMs: number };

/** What makes one feed differ from another; the rest of the way is the same for all. */
export type FeedSteps<Checked, Resolved, Ready> = {
  /** All steps before `store` in one, for the usual line; undefined where the steps have to look at it one by one. */
  readonly quick?: (batch: OpenBatch, raw: RawLine, register: InstitutionRegister, nowMs: number) => Ready | undefined;
  /** Shape, amounts and times: pure, on the line alone. */
  readonly check: (line: JsonObject, nowMs: number) => Checked | Refusal;
  /** Codes into institutions, and whether the sender may speak of them. */
  readonly resolve: (checked: Checked, register: InstitutionRegister, sender: Institution) => Resolved | Refusal;
  /** Everything else that needs no database, so that it is done while the lines before are stored: keys, digests, rows. */
  readonly prepare: (batch: OpenBatch, line: Passing<Resolved>) => Ready;
  readonly store: (batch: OpenBatch, lines: readonly Ready[]) => Promise<Stored>;
};

export function spanOf(micros: Iterable<number>): Span | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const at of micros) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return from > to ? undefined : { fromMs: Math.floor(from / 1_000), toMs: Math.ceil(to / 1_000) };
}

export function widestSpan(a: Span | undefined, b: Span | undefined): Span | undefined {
  if (!a || !b) return a ?? b;
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}

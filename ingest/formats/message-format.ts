import type * as z from 'zod';
import type { OutcomeLine, TransactionLine } from '../feed/lines';

// What a message format (ISO 20022) gives the gateway. The format reads the bytes and maps them; the gateway then treats each line
// like a line of the feed: checks it again, resolves institutions, stores it with its raw text, and lists what was refused.

export type MessageOptions = {
  /** Rules on top of the schema's: a usage guideline's name, or undefined for the schema alone. */
  readonly profile: string | undefined;
  /** When the gateway took the message, for formats that leave a time out. */
  readonly receivedAt: Date;
  /** Code of the institution that signed the request. */
  readonly sender: string;
};

/** One transaction or outcome of the message. `value` as JSON would give it: only the fields that are there. */
export type MessageLine = {
  /** Position of the transaction within the message, from 1. */
  readonly lineNo: number;
  /** The part of the message that made this line, kept whole beside the transaction. */
  readonly raw: string;
} & (
  | { readonly feed: 'transactions'; readonly value: TransactionLineInput }
  | { readonly feed: 'outcomes'; readonly value: OutcomeLineInput }
  | { readonly feed: 'settlements'; readonly value: SettlementLineInput }
);

/** As the schema takes it in: institution codes are plain strings here, and the gateway resolves them. */
export type TransactionLineInput = z.input<typeof TransactionLine>;
export type OutcomeLineInput = z.input<typeof OutcomeLine>;

/** One booking of a settlement agent on a participant's account. It is no feed of its own: only messages bring it. */
export type SettlementLineInput = {
  /** Whose account: a platform code, a 12-digit bank code, BIC or LEI. */
  readonly institution: string;
  readonly sessionNo: string;
  /** The agent's own reference, the same in every message that speaks of the booking. */
  readonly reference: string;
  /** Decimal, never negative: `credit` says whether the participant receives. */
  readonly amount: string;
  readonly currency: string;
  readonly credit: boolean;
  readonly status: 'booked' | 'pending';
  readonly reversal: boolean;
  /** UTC with milliseconds; there where it is booked. */
  readonly bookedAt?: string;
  readonly valueDate?: string;
  readonly messageName: string;
  readonly messageId: string;
};

export type MessageRefusal = {
  /** 0 where the whole message is refused. */
  readonly lineNo: number;
  /** Path of the element at fault, for instance "GrpHdr/NbOfTxs". */
  readonly field: string | null;
  /** A stable code; list it in docs/feed.md. */
  readonly reason: string;
  readonly detail: string;
  /** What is quarantined: the transaction's part, or the whole message. */
  readonly raw: string | Uint8Array;
};

export type ParsedMessage = {
  /** For instance "pacs.008.001.08"; null where it could not be told. */
  readonly messageType: string | null;
  readonly lines: readonly MessageLine[];
  readonly refusals: readonly MessageRefusal[];
  /** What was accepted although it could not be checked fully, for the receipt. */
  readonly warnings?: readonly string[];
};

/** Never throws on any bytes: what is wrong with a message is a refusal. At most {@link MESSAGE_BYTES_MAX} bytes are handed in. */
export type MessageFormat = {
  readonly parse: (bytes: Buffer, options: MessageOptions) => ParsedMessage | Promise<ParsedMessage>;
};

export const MESSAGE_BYTES_MAX = 8 * 1024 * 1024;

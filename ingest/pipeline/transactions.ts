import { type Admitted, admitMessages } from './admit-messages';
import { applyAwaited } from './awaited-outcomes';
import type { BinaryRows } from './binary-rows';
import { copyReceipts } from './copy-receipts';
import { type FeedSteps, type RawLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { NewAccount } from './known-accounts';
import { reportDigestOf } from './line-digest';
import { TRANSACTION_RULES } from './line-rules';
import { minorAmount } from './minor-amount';
import type { OpenBatch } from './open-batch';
import { quickTransaction } from './quick-transaction';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { microsOf, orderFault, timesFault } from './times';
import {
  COPY_TRANSACTIONS,
  KEY_OFFSET,
  type ResolvedTransaction,
  roomForRows,
  type TransactionInput,
  writeTransaction,
} from './transaction-rows';

type Checked = Pick<ResolvedTransaction, 'line' | 'minor' | 'acceptedMicros'>;
export type ReadyTransaction = {
  readonly raw: RawLine;
  /** SHA-256 of line and reporter, one byte in each character. */
  readonly digest: string;
  readonly acceptedMicros: number;
  /** Its row stands there, from and up to these offsets. */
  readonly rows: BinaryRows;
  readonly from: number;
  readonly to: number;
  /** Those that are not known to be stored. */
  readonly accounts: readonly NewAccount[];
};

const TIMES = ['initiatedAt', 'acceptedAt', 'respondedAt', 'finalAt'] as const;

export const transactions: FeedSteps<Checked, ResolvedTransaction, ReadyTransaction> = {
  check(json, nowMs) {
    const fault =
      checkFields(json, TRANSACTION_RULES) ??
      timesFault(json, TIMES, nowMs) ??
      orderFault(json, 'initiatedAt', 'acceptedAt') ??
      orderFault(json, 'acceptedAt', 'respondedAt') ??
      orderFault(json, 'acceptedAt', 'finalAt');
    if (fault) return fault;
    const minor = minorAmount(json);
    if (typeof minor !== 'bigint') return minor;
    const line = json as TransactionInput;
    return { line, minor, acceptedMicros: microsOf(line.acceptedAt) };
  },

  resolve(checked, register, sender) {
    const { line } = checked;
    const payer = resolveCode(register, line.payer.institution, 'payer.institution');
    if (isRefusal(payer)) return payer;
    const payee = resolveCode(register, line.payee.institution, 'payee.institution');
    if (isRefusal(payee)) return payee;
    const intermediary = line.intermediary === undefined ? undefined : resolveCode(register, line.intermediary, 'intermediary');
    if (intermediary && isRefusal(intermediary)) return intermediary;
    const isParty = sender.id === payer.id || sender.id === payee.id || sender.id === intermediary?.id;
    if (!isParty && sender.kind !== 'clearing') {
      return refuse(
        'not-a-party',
        null,
        'The sender is neither payer, intermediary nor payee; only a clearing institution reports for others.',
      );
    }
    return { line, minor: checked.minor, acceptedMicros: checked.acceptedMicros, payer, payee, intermediary };
  },

  quick(batch, raw, register, nowMs) {
    if (raw.value !== undefined || raw.tooLong) return undefined;
    const rows = rowsOf(batch);
    const from = rows.at;
    const row = quickTransaction(rows, raw.lineNo, raw.bytes, { batch, register, nowMs });
    if (!row) return undefined;
    const { acceptedMicros, accounts } = row;
    return { raw, digest: reportDigestOf(batch.sender.code, raw), acceptedMicros, rows, from, to: rows.at, accounts };
  },

  prepare(batch, { raw, item }) {
    const rows = rowsOf(batch);
    const from = rows.at;
    const accounts = writeTransaction(batch, rows, raw.lineNo, item);
    const digest = reportDigestOf(batch.sender.code, raw);
    return { raw, digest, acceptedMicros: item.acceptedMicros, rows, from, to: rows.at, accounts };
  },

  async store(batch, lines) {
    // The next lines are written elsewhere, while these are sent.
    currentRows.delete(batch);
    const { fresh, duplicate, refused } = (await copyReceipts(batch, lines))
      ? { fresh: lines, duplicate: 0, refused: [] }
      : unkeyed(await admitMessages(batch, lines.map(keyed)));
    const times = fresh.map(({ acceptedMicros }) => acceptedMicros);
    if (fresh.length > 0) {
      for (const { accounts } of fresh) for (const account of accounts) batch.accounts.add(account);
      await batch.partitions.ensure('clearing_transaction', times);
      await batch.copyRows(COPY_TRANSACTIONS, rowBytes(fresh));
      await applyAwaited(batch, () => fresh.map(keyOf));
    }
    // Beside the lines of a message their transactions' keys are still asked for.
    if (batch.feed === 'transactions') giveBack(lines);
    return {
      accepted: fresh.length,
      duplicate,
      refused,
      span: spanOf(times),
      // Made where it is asked for: only messages are kept beside their lines.
      get transactionKeys() {
        return batch.feed === 'transactions' ? NO_KEYS : new Map(fresh.map((line) => [line.raw.lineNo, keyOf(line)]));
      },
    };
  },
};

const NO_KEYS: ReadonlyMap<number, string> = new Map();
const currentRows = new WeakMap<OpenBatch, BinaryRows>();
/** Room that was used and is free again: made anew for every chunk, it would keep the collector busy. */
const emptied: BinaryRows[] = [];
const EMPTIED_MAX = 8;
const KEPT_BYTES_MAX = 2 * 1024 * 1024;

function giveBack(lines: readonly ReadyTransaction[]): void {
  for (const rows of new Set(lines.map((line) => line.rows))) {
    rows.at = 0;
    if (emptied.length < EMPTIED_MAX && rows.bytes.length <= KEPT_BYTES_MAX) emptied.push(rows);
  }
}

function rowsOf(batch: OpenBatch): BinaryRows {
  let rows = currentRows.get(batch);
  if (!rows) {
    rows = emptied.pop() ?? roomForRows();
    currentRows.set(batch, rows);
  }
  return rows;
}

function keyOf({ rows, from }: ReadyTransaction): string {
  const hex = rows.bytes.toString('hex', from + KEY_OFFSET, from + KEY_OFFSET + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function keyed(line: ReadyTransaction) {
  return { raw: line.raw, messageKey: keyOf(line), digest: Buffer.from(line.digest, 'latin1').toString('hex'), line };
}

function unkeyed(admitted: Admitted<ReturnType<typeof keyed>>): Admitted<ReadyTransaction> {
  return { ...admitted, fresh: admitted.fresh.map(({ line }) => line) };
}

/** The rows of these lines; usually all that were written, which stand together already. */
function rowBytes(lines: readonly ReadyTransaction[]): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let i = 0; i < lines.length; ) {
    const { rows, from } = lines[i] as ReadyTransaction;
    let to = from;
    for (; lines[i]?.rows === rows && lines[i]?.from === to; i++) to = (lines[i] as ReadyTransaction).to;
    parts.push(rows.bytes.subarray(from, to));
  }
  return parts;
}

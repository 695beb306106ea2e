import type * as z from 'zod';
import { transactionKeyOf } from '@/server/identity';
import type { TransactionLine } from '../feed/lines';
import { admitMessages } from './admit-messages';
import { applyAwaited } from './awaited-outcomes';
import { copyRow, copyText } from './copy-text';
import { type FeedSteps, type RawLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import type { Institution } from './institution-register';
import type { NewAccount } from './known-accounts';
import { reportDigestOf } from './line-digest';
import { TRANSACTION_RULES } from './line-rules';
import { minorAmount } from './minor-amount';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { microsOf, orderFault, timesFault } from './times';

type Line = z.input<typeof TransactionLine>;
type Checked = { readonly line: Line; readonly minor: bigint; readonly acceptedMicros: number };
type Resolved = Checked & { readonly payer: Institution; readonly payee: Institution; readonly intermediary: Institution | undefined };
type Ready = {
  readonly raw: RawLine;
  readonly messageKey: string;
  readonly digest: string;
  readonly acceptedMicros: number;
  /** As COPY takes it. */
  readonly row: string;
  readonly accounts: NewAccount[];
};

const TIMES = ['initiatedAt', 'acceptedAt', 'respondedAt', 'finalAt'] as const;

export const transactions: FeedSteps<Checked, Resolved, Ready> = {
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
    const line = json as Line;
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

  prepare(batch, { raw, item }) {
    const messageKey = transactionKeyOf(item.line.id);
    const accounts: NewAccount[] = [];
    const row = rowOf({ batch, lineNo: raw.lineNo, item, messageKey, accounts });
    return { raw, messageKey, digest: reportDigestOf(batch.sender.code, raw), acceptedMicros: item.acceptedMicros, row, accounts };
  },

  async store(batch, lines) {
    const { fresh, duplicate, refused } = await admitMessages(batch, lines);
    const times = fresh.map(({ acceptedMicros }) => acceptedMicros);
    if (fresh.length > 0) {
      for (const { accounts } of fresh) batch.accounts.add(accounts);
      await batch.partitions.ensure('clearing_transaction', times);
      await batch.copy(COPY_INTO, fresh.map(({ row }) => row).join(''));
      await applyAwaited(
        batch,
        fresh.map(({ messageKey }) => messageKey),
      );
    }
    const transactionKeys = new Map(fresh.map(({ raw, messageKey }) => [raw.lineNo, messageKey]));
    return { accepted: fresh.length, duplicate, refused, span: spanOf(times), transactionKeys };
  },
};

const COPY_INTO = `copy clearing_transaction (
  transaction_key, accepted_at, batch_id, line_no, transaction_id, end_to_end_id, uetr, session_no, business_type, route, channel, status,
  system_code, business_code, payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account,
  amount_minor, currency, initiated_at, responded_at, final_at, agreement_no, merchant_id, terminal_id, merchant_category, barcode_tier,
  original_transaction_key) from stdin`;

function rowOf({
  batch,
  lineNo,
  item,
  messageKey,
  accounts,
}: Pick<Ready, 'messageKey' | 'accounts'> & { readonly batch: OpenBatch; readonly lineNo: number; readonly item: Resolved }): string {
  const { line, payer, payee, intermediary } = item;
  return copyRow([
    messageKey,
    line.acceptedAt,
    batch.id,
    lineNo,
    copyText(line.id),
    copyText(line.endToEndId),
    line.uetr,
    copyText(line.sessionNo),
    line.businessType,
    line.route,
    line.channel,
    line.status,
    line.systemCode,
    line.businessCode,
    payer.id,
    batch.accounts.idOf(payer.id, line.payer.account, accounts),
    intermediary?.id,
    payee.id,
    batch.accounts.idOf(payee.id, line.payee.account, accounts),
    item.minor,
    line.currency,
    line.initiatedAt,
    line.respondedAt,
    line.finalAt,
    copyText(line.agreementNo),
    copyText(line.merchantId),
    copyText(line.terminalId),
    line.merchantCategory,
    line.barcodeTier,
    line.originalId === undefined ? undefined : transactionKeyOf(line.originalId),
  ]);
}

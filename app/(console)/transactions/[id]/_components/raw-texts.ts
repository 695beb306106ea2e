import type { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { canonicalLine } from '@/domain/transactions/canonical-line';
import { maskReference } from '@/domain/transactions/masked-reference';
import type { TransactionMessage } from '@/server/queries/transactions/transaction-messages';
import type { Payment } from '../payment';

export type RawText = { readonly id: string; readonly caption: string; readonly note: string | null; readonly body: string };

/** The messages behind a payment, or where none was kept the line that it stands for. `t` speaks for transactions.detail. */
export function rawTexts(
  found: Payment,
  messages: readonly TransactionMessage[],
  t: ReturnType<typeof useTranslations>,
): readonly RawText[] {
  const kept = messages.map((message) => ({
    id: `${message.batchId}-${message.lineNo}`,
    caption: t('rawKept', { type: message.contentType, batch: message.batchId, line: message.lineNo, length: formatCount(message.length) }),
    note: message.body.length < message.length - 200 ? t('rawCut', { shown: formatCount(message.body.length) }) : null,
    body: message.body,
  }));
  if (kept.length > 0) return kept;
  const { transaction, institutions, related } = found;
  const code = (id: number) => institutions.get(id)?.code ?? '';
  const body = canonicalLine({
    ...transaction,
    agreementNo: transaction.agreementNo === null ? null : maskReference(transaction.agreementNo),
    payer: { institution: code(transaction.payerInstitutionId), account: transaction.payerMasked },
    intermediary: transaction.intermediaryInstitutionId === null ? null : code(transaction.intermediaryInstitutionId),
    payee: { institution: code(transaction.payeeInstitutionId), account: transaction.payeeMasked },
    originalId: related.original?.id ?? null,
  });
  return [{ id: 'rebuilt', caption: t('rawRebuilt'), note: t('rawNone'), body }];
}

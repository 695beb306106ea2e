import { paymentChain } from '@/domain/tracing/payment-chain';
import { fieldCompleteness } from '@/domain/tracing/payment-chain-fields';
import type { ChainInstitution } from '@/domain/tracing/payment-chain-records';
import { type InstitutionRow, institutionsById } from '@/server/queries/transactions/institutions-by-id';
import { relatedTransactions } from '@/server/queries/transactions/related-transactions';
import { transactionDetail } from '@/server/queries/transactions/transaction-detail';
import { LEGS_MAX, transactionLegs } from '@/server/queries/transactions/transaction-legs';
import { transactionMessages } from '@/server/queries/transactions/transaction-messages';
import { transactionOutcomes } from '@/server/queries/transactions/transaction-outcomes';
import type { Actor } from '@/server/session';

/** Everything the page of one payment says; null where there is none that the actor may see. */
export async function payment(actor: Actor, { idOrKey, asOf }: { idOrKey: string; asOf: Date }) {
  const transaction = await transactionDetail(actor, { idOrKey });
  if (!transaction) return null;
  const [legs, outcomes, related, messages] = await Promise.all([
    transactionLegs(actor, { transaction }),
    transactionOutcomes(actor, { transaction }),
    relatedTransactions(actor, { transaction }),
    transactionMessages(actor, { transaction }),
  ]);
  const ids = [
    transaction.payerInstitutionId,
    transaction.payeeInstitutionId,
    transaction.intermediaryInstitutionId,
    transaction.reporterId,
    ...legs.flatMap(({ institutionId, reporterId }) => [institutionId, reporterId]),
  ].filter((id) => id !== null);
  const institutions = await institutionsById(actor, { ids: [...new Set(ids)] });
  const of = (id: number): ChainInstitution => ({ id, kind: institutions.get(id)?.kind ?? 'external' });
  const between = transaction.intermediaryInstitutionId;
  const chain = paymentChain(
    {
      status: transaction.status,
      route: transaction.route,
      amountMinor: transaction.amountMinor,
      currency: transaction.currency,
      acceptedAtMs: transaction.acceptedAt.getTime(),
      payer: of(transaction.payerInstitutionId),
      // A payment institution that is itself payer or payee stands on that side.
      intermediary: between === null ? null : of(between),
      payee: of(transaction.payeeInstitutionId),
      wentBack: related.refunds.some(({ status }) => status === 'succeeded') || outcomes.some(({ kind }) => kind === 'returned'),
    },
    legs,
    asOf.getTime(),
  );
  return {
    transaction,
    legs,
    legsCut: legs.length >= LEGS_MAX,
    outcomes,
    related,
    messages,
    institutions,
    chain,
    fields: fieldCompleteness(transaction, transaction),
  };
}

export type Payment = NonNullable<Awaited<ReturnType<typeof payment>>>;

/** An institution's short name in the reader's language, or its number where it has none. */
export function shortName(institution: InstitutionRow | undefined, locale: string): string {
  if (!institution) return '—';
  return locale === 'en' ? institution.shortEn : institution.shortZh;
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Icon } from '@/components/glyphs/icon';
import { withSearch } from '@/domain/links';
import { formatRange } from '@/domain/time-range';
import { naturalRange } from '@/domain/tracing/canvas/natural-range';
import type { TraceDirection } from '@/domain/tracing/trace-question';
import { transactionPath } from '@/domain/transactions/transaction-path';
import { newestData } from '@/server/queries/session/newest-data';

/** Where the money of this payment went, and where it came from. */
export async function TraceLinks({
  transaction,
  from,
}: {
  readonly transaction: { readonly id: string; readonly key: string; readonly acceptedAt: Date };
  readonly from: string | undefined;
}) {
  const [t, newest] = await Promise.all([getTranslations('trace.link'), newestData()]);
  const range = (direction: TraceDirection) =>
    formatRange(naturalRange(direction, { acceptedAt: transaction.acceptedAt, dataAt: newest ?? transaction.acceptedAt }));
  const path = `${transactionPath(transaction)}/trace`;
  return (
    <nav className="row" aria-label={t('label')}>
      <Link className="btn" href={withSearch(path, { d: 'backward', from, range: range('backward') })} prefetch={false}>
        <Icon name="branch" small />
        {t('backward')}
      </Link>
      <Link className="btn main" href={withSearch(path, { from, range: range('forward') })} prefetch={false}>
        <Icon name="branch" small />
        {t('forward')}
      </Link>
    </nav>
  );
}

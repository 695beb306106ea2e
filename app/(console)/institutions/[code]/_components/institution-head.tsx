import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shell/page-head';
import { CopyButton } from '@/components/ui/copy-button';
import { transactionsLink, withSearch } from '@/domain/links';
import { formatRange, type TimeRange } from '@/domain/time-range';
import type { InstitutionIdentity } from '@/server/queries/institutions/institution-identity';

/** Where we are, and the ways on: its transactions, its flows. */
export function InstitutionHead({ identity, range, currency }: { identity: InstitutionIdentity; range: TimeRange; currency: string }) {
  const t = useTranslations('institutions');
  return (
    <PageHead trail={[{ href: '/institutions', words: t('page.crumb') }]} title={identity.name}>
      <span className="row t3 nowrap">
        <span className="mono">{identity.code}</span>
        <CopyButton value={identity.code} what={t('page.code')} />
      </span>
      <span className="t3 cut only-l" lang={/[\u4e00-\u9fff]/.test(identity.otherName) ? 'zh' : 'en'}>
        {identity.otherName}
      </span>
      {identity.simulated ? <span className="chip only-l">{t('page.simulated')}</span> : null}
      <span className="sp" />
      <Link className="btn only-l" href={withSearch('/flows', { range: formatRange(range), currency })}>
        {t('page.flows')}
      </Link>
      <Link className="btn" href={transactionsLink({ range, institution: identity.code })}>
        {t('page.transactions')}
      </Link>
    </PageHead>
  );
}

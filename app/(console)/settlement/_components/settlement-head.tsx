import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { withSearch } from '@/domain/links';

const TABS = [
  ['sessions', '/settlement'],
  ['breaks', '/settlement/breaks'],
  ['schedule', '/settlement/schedule'],
] as const;

/** Title and the parts of settlement; what the bar's controls set goes along. */
export function SettlementHead({
  at,
  shared,
  openBreaks,
  children,
}: {
  readonly at: (typeof TABS)[number][0];
  readonly shared: Readonly<Record<string, string | undefined>>;
  readonly openBreaks?: number;
  readonly children?: ReactNode;
}) {
  const t = useTranslations('settlement');
  return (
    <div className="head">
      <h1>{t('title')}</h1>
      <nav className="seg" aria-label={t('tabs.label')}>
        {TABS.map(([id, path]) => (
          <Link key={id} href={withSearch(path, shared)} aria-current={id === at ? 'page' : undefined} prefetch={false}>
            {t(`tabs.${id}`)}
            {id === 'breaks' && openBreaks ? <span className="t3">{openBreaks}</span> : null}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  );
}

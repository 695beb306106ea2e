import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { changedSearch } from '@/domain/flows/flow-search';
import { type FlowView, VIEWS } from '@/domain/flows/flow-view';
import type { FlowParams } from './flow-address';
import { TypesFilter } from './types-filter';

const ICONS = { matrix: 'flows', sankey: 'sankey', trend: 'chart', table: 'table' } as const;

/** Title, views and filters. A view keeps what other views understand too; its own choices start anew. */
export async function FlowHead({ params, view, children }: { params: FlowParams; view: FlowView; children?: ReactNode }) {
  const t = await getTranslations('flows');
  return (
    <header className="head flows-head">
      <h1>{t('title')}</h1>
      <nav className="seg" aria-label={t('views.label')}>
        {VIEWS.map((one) => (
          <Link
            key={one}
            prefetch={false}
            aria-current={one === view.view ? 'page' : undefined}
            aria-label={t(`views.${one}`)}
            href={`/flows?${changedSearch(params, { view: one === 'matrix' ? null : one, metric: null, sort: null, sel: null, split: null, as: null, by: null, rising: null, find: null })}`}
          >
            <Icon name={ICONS[one]} small />
            <span>{t(`views.${one}`)}</span>
          </Link>
        ))}
      </nav>
      <span className="sp" />
      {children}
      <TypesFilter chosen={view.types} />
    </header>
  );
}

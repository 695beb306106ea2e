import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { changedSearch } from '@/domain/flows/flow-search';
import type { FlowParams } from './flow-address';

/** Nothing was paid: why, what to do, and one button that does it. */
export async function FlowEmpty({ params, notes }: { params: FlowParams; notes: readonly string[] }) {
  const t = await getTranslations('flows.empty');
  return (
    <div className="flows-empty">
      <p>{t('title')}</p>
      <p className="meta">{notes.join(' · ')}</p>
      <p className="meta">{t('hint')}</p>
      <Link className="btn" href={`/flows?${changedSearch(params, { type: null, axes: null, sel: null, range: null })}`}>
        {t('clear')}
      </Link>
    </div>
  );
}

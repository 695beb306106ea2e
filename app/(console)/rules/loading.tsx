import { getTranslations } from 'next-intl/server';
import { Skeleton } from '@/components/states/skeleton';
import './rules.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

/** The head at once, rows as blocks of their final size. */
export default async function RulesLoading() {
  const t = await getTranslations('rules');
  return (
    <div className="ru" aria-busy="true">
      <div className="head">
        <h1>{t('title')}</h1>
        <Skeleton width={260} height={28} />
      </div>
      {ROWS.map((row) => (
        <div key={row} className="ru-none">
          <Skeleton width="100%" height={28} />
        </div>
      ))}
    </div>
  );
}

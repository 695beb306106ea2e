import { getTranslations } from 'next-intl/server';
import { Skeleton } from '@/components/states/skeleton';
import '../settlement.css';

/** Head and hairlines at once, figures as blocks of their final size. */
export default async function SettlementLoading() {
  const t = await getTranslations('settlement');
  return (
    <div className="st" aria-busy="true">
      <div className="head">
        <h1>{t('title')}</h1>
        <Skeleton width={220} height={28} />
      </div>
      <p className="st-sentence">
        <Skeleton width={520} height={20} />
      </p>
      <div className="st-tiles">
        {['sum', 'gross', 'efficiency', 'cap', 'unsettled', 'waiting'].map((tile) => (
          <div className="st-tile" key={tile}>
            <Skeleton width={96} height={12} />
            <Skeleton width={120} height={22} />
            <Skeleton width={140} height={12} />
          </div>
        ))}
      </div>
    </div>
  );
}

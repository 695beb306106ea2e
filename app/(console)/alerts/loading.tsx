import { getTranslations } from 'next-intl/server';
import { Skeleton } from '@/components/states/skeleton';
import './alerts.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** Head, hairlines and both sides at once; figures as blocks of their final size. */
export default async function AlertsLoading() {
  const t = await getTranslations('alerts');
  return (
    <div className="al" aria-busy="true">
      <div className="head al-head">
        <h1>{t('title')}</h1>
        <Skeleton width={430} height={28} />
      </div>
      <div className="al-box2">
        <section className="region al-list">
          <div className="al-band" />
          <div className="fill">
            {ROWS.map((row) => (
              <div key={row} className="al-ghost">
                <Skeleton width="62%" height={13} />
                <Skeleton width="44%" height={11} />
              </div>
            ))}
          </div>
          <div className="foot" />
        </section>
        <div className="al-detail" aria-hidden="true">
          <div className="al-acts">
            <Skeleton width={420} height={28} />
          </div>
          <div className="al-waiting">
            <Skeleton width="80%" height={56} />
            <Skeleton width="100%" height={200} />
            <Skeleton width="100%" height={220} />
          </div>
        </div>
      </div>
    </div>
  );
}

import { getTranslations } from 'next-intl/server';
import { Skeleton, SkeletonRows } from '@/components/states/skeleton';
import './flows.css';

/** Head and hairlines at once, figures as blocks of their final size. */
export default async function FlowsLoading() {
  const t = await getTranslations('flows');
  return (
    <div className="flows" data-view="matrix" aria-busy="true">
      <header className="head flows-head">
        <h1>{t('title')}</h1>
        <Skeleton width={250} height={28} />
        <span className="sp" />
        <Skeleton width={260} height={16} />
      </header>
      <div className="sub flows-sub">
        <Skeleton width={420} height={28} />
        <span className="sp" />
        <Skeleton width={260} height={12} />
      </div>
      <div className="region flows-plot">
        <div className="flows-plot-skeleton" />
      </div>
      <aside className="region flows-side">
        <div className="sum">
          <p>
            <Skeleton width={120} height={16} />
          </p>
          <p className="flows-gap">
            <Skeleton width={140} height={24} />
          </p>
          <p className="flows-gap">
            <Skeleton width={220} height={48} />
          </p>
        </div>
        <table className="tbl tn">
          <tbody>
            <SkeletonRows rows={12} widths={[12, 170, 56, 56]} />
          </tbody>
        </table>
      </aside>
    </div>
  );
}

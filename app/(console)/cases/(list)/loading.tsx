import { useTranslations } from 'next-intl';
import { SkeletonRows } from '@/components/states/skeleton';

export default function CasesLoading() {
  const t = useTranslations('cases');
  return (
    <div className="cs">
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      <div className="fill">
        <table className="tbl cs-table" aria-hidden="true">
          <tbody>
            <SkeletonRows rows={12} widths={[90, 260, 70, 60, 120, 60]} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

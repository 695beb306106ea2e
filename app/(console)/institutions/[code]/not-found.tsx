import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';

export default async function InstitutionNotFound() {
  const [t, states] = await Promise.all([getTranslations('institutions'), getTranslations('states')]);
  return (
    <>
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      <Empty
        why={states('missing.why')}
        todo={t('page.missingDo')}
        action={
          <Link className="btn" href="/institutions">
            {t('page.backToList')}
          </Link>
        }
      />
    </>
  );
}

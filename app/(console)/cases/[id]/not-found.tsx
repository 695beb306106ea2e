import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';

/** The same whether there is no such case or one that somebody else is on. */
export default async function CaseNotFound() {
  const t = await getTranslations('cases.missing');
  return (
    <>
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      <Empty
        why={t('why')}
        todo={t('todo')}
        action={
          <Link className="btn" href="/cases">
            {t('back')}
          </Link>
        }
      />
    </>
  );
}

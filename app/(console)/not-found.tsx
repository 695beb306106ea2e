import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Empty } from '@/components/states/empty';

export default function ConsoleNotFound() {
  const t = useTranslations('states');
  return (
    <>
      <div className="head">
        <h1>{t('missing.title')}</h1>
      </div>
      <Empty
        why={t('missing.why')}
        todo={t('missing.todo')}
        action={
          <Link className="btn" href="/overview">
            {t('missing.home')}
          </Link>
        }
      />
    </>
  );
}

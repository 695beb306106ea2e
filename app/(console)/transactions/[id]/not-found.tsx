import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';

export default async function TransactionNotFound() {
  const t = await getTranslations('transactions.notFound');
  return (
    <>
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      <Empty
        why={t('why')}
        action={
          <Link className="btn" href="/transactions">
            {t('back')}
          </Link>
        }
      />
    </>
  );
}

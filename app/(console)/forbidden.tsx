import { getTranslations } from 'next-intl/server';
import { Forbidden } from '@/components/states/forbidden';
import { refusal } from '@/server/session';

export default async function ConsoleForbidden() {
  const t = await getTranslations('states');
  const { permission, actor } = refusal();
  return (
    <>
      <div className="head">
        <h1>{t('forbidden.title')}</h1>
      </div>
      <Forbidden permission={permission} role={actor?.role} />
    </>
  );
}

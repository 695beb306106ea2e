import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { Forbidden } from '@/components/states/forbidden';
import { refusal } from '@/server/session';
import { leaveFor } from './actions';

export default async function ConsoleForbidden() {
  const t = await getTranslations('states');
  const { permission, actor } = refusal();
  const address = (await headers()).get('x-address') ?? '/';
  return (
    <>
      <div className="head">
        <h1>{t('forbidden.title')}</h1>
      </div>
      <Forbidden
        permission={permission}
        role={actor?.role}
        action={
          <form action={leaveFor.bind(null, address)}>
            <button type="submit" className="btn">
              {t('forbidden.other')}
            </button>
          </form>
        }
      />
    </>
  );
}

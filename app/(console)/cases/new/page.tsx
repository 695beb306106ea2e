import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '@/components/shell/page-head';
import type { SearchParams } from '@/server/page-context';
import { casePeople } from '@/server/queries/cases/case-people';
import { requireActor } from '@/server/session';
import { CaseFields } from '../_components/case-fields';
import { Said } from '../_components/said';
import { openNewCase } from '../actions';
import { saidIn } from '../answer-to';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cases');
  return { title: t('open.title') };
}

export default async function NewCasePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cases:work');
  const [t, search, people] = await Promise.all([getTranslations('cases'), searchParams, casePeople(actor)]);
  return (
    <div className="cs">
      <PageHead trail={[{ href: '/cases', words: t('title') }]} title={t('open.title')} />
      <Said said={saidIn(search)} />
      <form className="cs-form" action={openNewCase}>
        <CaseFields />
        <label className="cs-short">
          <span>{t('open.supervisor')}</span>
          <select className="input" name="supervisor" defaultValue="">
            <option value="">{t('open.nobody')}</option>
            {people
              .filter(({ id }) => id !== actor.id)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
        </label>
        <div className="row">
          <button type="submit" className="btn main">
            {t('open.submit')}
          </button>
          <Link className="btn" href="/cases" prefetch={false}>
            {t('open.cancel')}
          </Link>
        </div>
      </form>
    </div>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Icon } from '@/components/glyphs/icon';
import { Empty } from '@/components/states/empty';
import { CASE_VIEWS, formatCaseCursor, parseCaseCursor, parseCaseFilter } from '@/domain/cases/case-filter';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import type { SearchParams } from '@/server/page-context';
import { caseCounts, caseRows } from '@/server/queries/cases/case-rows';
import { requireActor } from '@/server/session';
import { CaseTable } from '../_components/case-table';
import { Said } from '../_components/said';
import { saidIn } from '../answer-to';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cases');
  return { title: t('title') };
}

export default async function CasesPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cases:view');
  const [t, search] = await Promise.all([getTranslations('cases'), searchParams]);
  const at = new Date();
  const filter = parseCaseFilter(search);
  const after = parseCaseCursor(typeof search.after === 'string' ? search.after : undefined);
  const [counts, page] = await Promise.all([caseCounts(actor, { q: filter.q, at }), caseRows(actor, { filter, after, at })]);
  const addressOf = (changes: { view?: string; q?: string; after?: string }) =>
    withSearch('/cases', { view: filter.view === 'open' ? undefined : filter.view, q: filter.q, ...changes });
  return (
    <div className="cs">
      <div className="head">
        <h1>{t('title')}</h1>
        <nav className="seg" aria-label={t('view.label')}>
          {CASE_VIEWS.map((view) => (
            <Link
              key={view}
              href={addressOf({ view: view === 'open' ? '' : view })}
              aria-current={view === filter.view ? 'page' : undefined}
              prefetch={false}
              data-view={view}
            >
              {t(`view.${view}`)} <span className="t3">{formatCount(counts[view])}</span>
            </Link>
          ))}
        </nav>
        <span className="meta only-l">{t('lead')}</span>
        <span className="sp" />
        <form className="cs-search only-l" action="/cases">
          {filter.view === 'open' ? null : <input type="hidden" name="view" value={filter.view} />}
          <input
            className="input"
            type="search"
            name="q"
            defaultValue={filter.q}
            maxLength={100}
            autoComplete="off"
            aria-label={t('search.label')}
            placeholder={t('search.label')}
          />
        </form>
        {allows(actor.role, 'cases:work') ? (
          <Link className="btn main" href="/cases/new" prefetch={false}>
            <Icon name="plus" small />
            {t('open.button')}
          </Link>
        ) : null}
      </div>
      <Said said={saidIn(search)} />
      <div className="fill cs-scroll">
        {page.rows.length > 0 ? (
          <CaseTable rows={page.rows} me={actor.id} at={at} />
        ) : (
          <Empty
            why={filter.q === '' ? t(`empty.${filter.view}`) : t('empty.found', { q: filter.q })}
            todo={t('empty.todo')}
            action={
              filter.q === '' ? undefined : (
                <Link className="btn" href={addressOf({ q: '' })}>
                  {t('search.clear')}
                </Link>
              )
            }
          />
        )}
      </div>
      <div className="foot">
        <span data-testid="shown">{t('shown', { shown: formatCount(page.rows.length), total: formatCount(counts[filter.view]) })}</span>
        <span className="only-l">{t('order')}</span>
        <span className="sp" />
        {after ? (
          <Link className="lnk" href={addressOf({})} prefetch={false}>
            {t('first')}
          </Link>
        ) : null}
        {page.next ? (
          <Link className="lnk" href={addressOf({ after: formatCaseCursor(page.next) })} prefetch={false}>
            {t('more')}
          </Link>
        ) : null}
      </div>
    </div>
  );
}

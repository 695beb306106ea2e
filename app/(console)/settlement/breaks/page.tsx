import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { BREAK_KINDS, BREAK_RESOLUTIONS, type BreakKind, type BreakState } from '@/domain/settlement/break-kinds';
import { pageContext, type SearchParams } from '@/server/page-context';
import { breaks } from '@/server/queries/settlement/breaks';
import { requireActor } from '@/server/session';
import { BreakTable } from '../_components/break-table';
import { Said } from '../_components/said';
import { SettlementHead } from '../_components/settlement-head';
import { reopenChosen, resolveChosen, takeChosen } from '../actions';
import { saidIn } from '../answer-to';
import { sharedOf } from '../shared-search';
import '../settlement.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: `${t('breaks.title')} · ${t('title')}` };
}

const STATES: readonly BreakState[] = ['open', 'resolved', 'healed'];

export default async function BreaksPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('settlement:view');
  const [t, context, search] = await Promise.all([getTranslations('settlement'), pageContext(actor, searchParams), searchParams]);
  const state = STATES.find((known) => known === search.state) ?? 'open';
  const kind: BreakKind | undefined = BREAK_KINDS.find((known) => known === search.kind);
  const session = typeof search.session === 'string' && /^\d{8}-\d{2}$/.test(search.session) ? search.session : undefined;
  const owner = search.owner === 'mine' || search.owner === 'none' ? search.owner : undefined;
  const scope = { state, kind, session, owner: owner === 'mine' ? actor.id : owner };
  const [page, open] = await Promise.all([
    breaks(actor, { scope, locale: context.locale }),
    breaks(actor, { scope: { state: 'open' }, locale: context.locale }),
  ]);
  const shared = sharedOf(search);
  const address = { ...shared, state: state === 'open' ? undefined : state, kind, session, owner };
  const link = (more: Record<string, string | undefined>) => withSearch('/settlement/breaks', { ...address, ...more });
  const mayWork = allows(actor.role, 'settlement:work');
  const all = [...page.counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <div className="st">
      <SettlementHead at="breaks" shared={shared} openBreaks={open.total}>
        <span className="meta cut only-l">{t('breaks.lead')}</span>
        <span className="sp" />
        <nav className="seg" aria-label={t('breaks.filter')}>
          {STATES.map((each) => (
            <Link
              key={each}
              href={link({ state: each === 'open' ? undefined : each })}
              aria-current={each === state ? 'page' : undefined}
              prefetch={false}
            >
              {t(`breaks.state.${each}`)}
            </Link>
          ))}
        </nav>
      </SettlementHead>
      <Said said={saidIn(search)} />
      <div className="st-tools">
        <nav className="st-kinds" aria-label={t('column.kind')}>
          <Link className={kind === undefined ? 'chip accent' : 'chip'} href={link({ kind: undefined })} prefetch={false}>
            {t('breaks.allKinds')} {formatCount(all)}
          </Link>
          {BREAK_KINDS.map((each) => (
            <Link
              key={each}
              className={kind === each ? 'chip accent' : 'chip'}
              href={link({ kind: each })}
              title={t(`breaks.why.${each}`)}
              prefetch={false}
            >
              {t(`breaks.kind.${each}`)} {formatCount(page.counts.get(each) ?? 0)}
            </Link>
          ))}
        </nav>
        <span className="sp" />
        {session ? (
          <Link className="chip" href={link({ session: undefined })} prefetch={false}>
            {t('breaks.session', { no: session })} ×
          </Link>
        ) : null}
        <nav className="st-kinds" aria-label={t('column.owner')}>
          {([undefined, 'mine', 'none'] as const).map((each) => (
            <Link key={each ?? 'all'} className={owner === each ? 'chip accent' : 'chip'} href={link({ owner: each })} prefetch={false}>
              {t(each === undefined ? 'breaks.everyone' : each === 'mine' ? 'breaks.mine' : 'breaks.unowned')}
            </Link>
          ))}
        </nav>
      </div>
      {page.breaks.length === 0 ? (
        <Empty
          why={t('breaks.empty')}
          todo={t('breaks.emptyTodo')}
          action={
            <Link className="btn" href="/settlement/breaks">
              {t('breaks.clear')}
            </Link>
          }
        />
      ) : (
        <form className="region fill" action={takeChosen}>
          <input type="hidden" name="back" value={link({})} />
          {mayWork && state === 'open' ? (
            <div className="st-tools">
              <button type="submit" className="btn">
                {t('breaks.take')}
              </button>
              <select className="input" name="resolution" aria-label={t('breaks.resolution.label')}>
                {BREAK_RESOLUTIONS.map((each) => (
                  <option key={each} value={each}>
                    {t(`breaks.resolution.${each}`)}
                  </option>
                ))}
              </select>
              <input
                className="input wide"
                name="note"
                maxLength={500}
                autoComplete="off"
                aria-label={t('breaks.note')}
                placeholder={t('breaks.note')}
              />
              <button type="submit" className="btn main" formAction={resolveChosen}>
                {t('breaks.resolve')}
              </button>
            </div>
          ) : null}
          {mayWork && state === 'resolved' ? (
            <div className="st-tools">
              <button type="submit" className="btn" formAction={reopenChosen}>
                {t('breaks.reopen')}
              </button>
            </div>
          ) : null}
          <section className="st-scroll fill" tabIndex={0} aria-label={t('breaks.title')}>
            <BreakTable
              rows={page.breaks}
              locale={context.locale}
              now={new Date()}
              choosing={mayWork && state !== 'healed'}
              handled={state !== 'open'}
            />
          </section>
          <div className="foot">
            <span>{t('breaks.shown', { shown: formatCount(page.breaks.length), total: formatCount(page.total) })}</span>
          </div>
        </form>
      )}
    </div>
  );
}

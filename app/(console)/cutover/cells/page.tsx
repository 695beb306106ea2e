import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { CELL_STATES, cellState } from '@/domain/cut-over/cell-state';
import { cellsLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { dayWindow, parseWindow } from '@/domain/cut-over/window';
import { amountUnit } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { pageContext, type SearchParams } from '@/server/page-context';
import { agreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import { cutOverCells } from '@/server/queries/cut-over/cut-over-cells';
import { cutOverSettings } from '@/server/queries/cut-over/cut-over-settings';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';
import { WindowChoice } from '../_components/board-bar';
import { compare } from '../_components/board-figures';
import { CellGlyph } from '../_components/cell-glyph';
import { CellTable } from '../_components/cell-table';

const CELLS_MAX = 300;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('cellsPage.title') };
}

/** The cells of all institutions, one state or all: as many as the board's figure says. */
export default async function CellsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search, settings] = await Promise.all([
    getTranslations('cutover'),
    pageContext(actor, searchParams),
    searchParams,
    cutOverSettings(),
  ]);
  const { currency, locale } = context;
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  const window = dayWindow(new Date(), parseWindow(text('days')));
  const type = BUSINESS_TYPES.find((one) => one === text('type'));
  const wished = CELL_STATES.find((state) => state === text('state'));
  const [all, coverages, names] = await Promise.all([
    cutOverCells(actor, { window, currency }),
    agreementCoverage(actor, { window, currency }),
    partyNames(locale),
  ]);
  const cells = type ? all.filter(({ businessType }) => businessType === type) : all;
  const stateOf = (cell: (typeof cells)[number]) => cellState(cell, settings.minimumDays);
  const listed = cells
    .filter((cell) => wished === undefined || stateOf(cell) === wished)
    .toSorted(
      (a, b) =>
        CELL_STATES.indexOf(stateOf(a)) - CELL_STATES.indexOf(stateOf(b)) ||
        compare(b.residualCount, a.residualCount) ||
        compare(b.clearedCount, a.clearedCount),
    );
  const shown = listed.slice(0, CELLS_MAX);
  const shared = { days: window.days, ...(type ? { type } : {}) };
  return (
    <div className="co">
      <PageHead trail={[{ href: cutOverLink(shared), words: t('title') }]} title={t('cellsPage.title')}>
        <WindowChoice days={window.days} />
        {type ? <span className="chip">{t(`type.${type}`)}</span> : null}
        <span className="sp" />
        <span className="meta only-l">{t('closed', { from: window.from, to: window.to })}</span>
      </PageHead>
      <div className="sub">
        <nav className="seg" aria-label={t('column.cells')}>
          <Link href={cellsLink(shared)} aria-current={wished === undefined ? 'true' : undefined} prefetch={false}>
            {t('allStates')} <span className="t3">{formatCount(cells.length)}</span>
          </Link>
          {CELL_STATES.map((state) => (
            <Link key={state} href={cellsLink({ ...shared, state })} aria-current={wished === state ? 'true' : undefined} prefetch={false}>
              <CellGlyph state={state} /> {t(`state.${state}`)}{' '}
              <span className="t3">{formatCount(cells.filter((cell) => stateOf(cell) === state).length)}</span>
            </Link>
          ))}
        </nav>
      </div>
      {shown.length === 0 ? (
        <Empty why={t('empty', { from: window.from, to: window.to })} />
      ) : (
        <section className="co-scroll fill" tabIndex={0} aria-label={t('cellsPage.title')}>
          <CellTable
            mixed
            cells={shown}
            coverages={coverages}
            names={names}
            window={window}
            currency={currency}
            unit={amountUnit(
              shown.map(({ residualMinor }) => residualMinor),
              currency,
              locale,
            )}
            minimumDays={settings.minimumDays}
          />
        </section>
      )}
      <div className="foot">
        <span data-testid="cells-total" data-value={listed.length}>
          {t('footCells', { shown: formatCount(shown.length), total: formatCount(listed.length) })}
        </span>
        <span className="only-l">{t('order')}</span>
      </div>
    </div>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { Empty } from '@/components/states/empty';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { CELL_STATES, cellState, NESTED_MINIMUM } from '@/domain/cut-over/cell-state';
import { agreementsLink, cellsLink, cutOverInstitutionLink, cutOverLink, debitsLink } from '@/domain/cut-over/cut-over-links';
import { coverage } from '@/domain/cut-over/share';
import { daysBetween, dayWindow, parseWindow } from '@/domain/cut-over/window';
import { amountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import { allows } from '@/domain/permissions';
import { pageContext, type SearchParams } from '@/server/page-context';
import { agreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import { cutOverCells } from '@/server/queries/cut-over/cut-over-cells';
import { cutOverSettings } from '@/server/queries/cut-over/cut-over-settings';
import { cutOverTrend } from '@/server/queries/cut-over/cut-over-trend';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';
import { BoardBar } from './_components/board-bar';
import { groupedBy, type Summary, summaryOf, worstFirst } from './_components/board-figures';
import { CellGlyph } from './_components/cell-glyph';
import { PartyMatrix } from './_components/party-matrix';
import { SettingsButton } from './_components/settings-button';
import { ShareBar } from './_components/share-bar';
import { TrendFigure } from './_components/trend-figure';
import { changeSettings } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('title') };
}

export default async function CutOverPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search, settings] = await Promise.all([
    getTranslations('cutover'),
    pageContext(actor, searchParams),
    searchParams,
    cutOverSettings(),
  ]);
  const { currency, locale } = context;
  const now = new Date();
  const window = dayWindow(now, parseWindow(one(search.days)));
  const view = one(search.view) === 'matrix' ? 'matrix' : 'board';
  const type = BUSINESS_TYPES.find((known) => known === one(search.type));
  const [all, coverages, names, trend] = await Promise.all([
    cutOverCells(actor, { window, currency }),
    agreementCoverage(actor, { window, currency }),
    partyNames(locale),
    cutOverTrend(actor, { window, currency, ...(type ? { businessType: type } : {}) }),
  ]);
  const cells = type ? all.filter(({ businessType }) => businessType === type) : all;
  const covered = type ? coverages.filter(({ businessType }) => businessType === type) : coverages;
  const total = summaryOf(cells, covered, settings.minimumDays);
  const coveredBy = groupedBy(covered, ({ institutionId }) => institutionId);
  const rows = [...groupedBy(cells, ({ institutionId }) => institutionId)]
    .map(([id, own]) => ({ id, own, summary: summaryOf(own, coveredBy.get(id) ?? [], settings.minimumDays) }))
    .sort((a, b) => worstFirst(a.summary, b.summary));
  const unit = amountUnit(
    rows.map(({ summary }) => summary.residualMinor),
    currency,
    locale,
  );
  const span = { from: window.from, to: window.to };
  const left = daysBetween(window.to, settings.deadline) - 1;
  return (
    <div className="co">
      <div className="head">
        <h1>{t('title')}</h1>
        <BoardBar view={view} days={window.days} type={type ?? null} types={[...new Set(all.map(({ businessType }) => businessType))]} />
        <span className="sp" />
        <Link className="btn" href="/cutover/certificates" prefetch={false}>
          {t('certificates.title')}
        </Link>
        <SettingsButton settings={settings} mayChange={allows(actor.role, 'cutover:govern')} change={changeSettings} />
      </div>
      {cells.length === 0 ? (
        <Empty
          why={t('empty', { from: window.from, to: window.to })}
          todo={t('emptyTodo')}
          action={
            type ? (
              <Link className="btn" href={cutOverLink({ days: window.days })} prefetch={false}>
                {t('clear')}
              </Link>
            ) : undefined
          }
        />
      ) : (
        <>
          <p className="co-sentence">
            <SeverityGlyph severity={total.byState.direct > 0 ? 'critical' : total.byState.unproven > 0 ? 'major' : 'info'} size={14} />
            <span>
              {t('sentence', {
                zero: formatCount(total.byState.zero + total.byState.settling),
                cells: formatCount(total.cells),
                direct: formatCount(total.byState.direct),
                unproven: formatCount(total.byState.unproven),
              })}
            </span>
            <span className="sp" />
            <span className="meta">{t('closed', { from: window.from, to: window.to })}</span>
            <span className={left < 0 && total.byState.direct > 0 ? 'chip critical' : 'chip'}>
              {left < 0
                ? t('deadlinePast', { date: settings.deadline, days: formatCount(-left) })
                : t('deadlineLeft', { date: settings.deadline, days: formatCount(left) })}
            </span>
          </p>
          <div className="co-tiles">
            <Tile
              label={t('tile.shareCount')}
              value={formatPercent(total.shareByCount, 3)}
              note={t('tile.shareCountNote', { cleared: formatCount(total.clearedCount) })}
            />
            <Tile
              label={t('tile.shareValue')}
              value={formatPercent(total.shareByValue, 3)}
              note={<Amount minor={total.clearedMinor} currency={currency} unit="auto" withUnit />}
            />
            <Tile
              label={t('tile.residual')}
              href={debitsLink({ ...span, kind: 'residual', currency, ...(type ? { businessType: type } : {}) })}
              value={formatCount(total.residualCount)}
              note={<Amount minor={total.residualMinor} currency={currency} unit="auto" withUnit />}
            />
            <Tile
              label={t('tile.atZero')}
              href={cellsLink({ state: 'zero', days: window.days, ...(type ? { type } : {}) })}
              value={formatCount(total.byState.zero)}
              note={t('tile.atZeroNote', { days: settings.minimumDays, settling: formatCount(total.byState.settling) })}
            />
            <Tile
              label={t('tile.unproven')}
              href={cellsLink({ state: 'unproven', days: window.days, ...(type ? { type } : {}) })}
              value={formatCount(total.byState.unproven)}
              note={t('tile.unprovenNote')}
            />
            <Tile
              label={t('tile.nested')}
              href={debitsLink({ ...span, kind: 'nested', currency, ...(type ? { businessType: type } : {}) })}
              value={formatCount(total.nestedCount)}
              note={t('tile.nestedNote', { cells: formatCount(total.nestedCells), least: Number(NESTED_MINIMUM) })}
            />
          </div>
          {view === 'matrix' ? (
            <PartyMatrix
              institutions={rows.map(({ id }) => ({ code: names.get(id)?.code ?? '', name: names.get(id)?.short ?? '' }))}
              banks={[...new Set(cells.map(({ bankId }) => bankId))]
                .sort((a, b) => a - b)
                .map((id) => ({ code: names.get(id)?.code ?? '', name: names.get(id)?.short ?? '' }))}
              states={matrixStates(rows, cells, settings.minimumDays)}
              days={window.days}
            />
          ) : (
            <div className="co-body">
              <div className="co-scroll">
                <table className="tbl co-table">
                  <thead>
                    <tr>
                      <th>{t('column.institution')}</th>
                      <th>{t('column.shareCount')}</th>
                      <th>{t('column.shareValue')}</th>
                      <th className="num">{t('column.residual')}</th>
                      <th className="num">{t('column.residualMinor', { unit: amountUnitLabel(unit, locale) })}</th>
                      <th className="num">{t('column.coverage')}</th>
                      <th>{t('column.cells')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map(({ id, summary }) => {
                      const party = names.get(id);
                      const code = party?.code ?? '';
                      const worst = CELL_STATES.find((state) => summary.byState[state] > 0) ?? 'zero';
                      return (
                        <tr key={id}>
                          <td>
                            <Link className="row" href={cutOverInstitutionLink(code, { days: window.days })} prefetch={false}>
                              <CellGlyph state={worst} label={t(`state.${worst}`)} />
                              <span>{party?.short}</span>
                              <span className="code">{code}</span>
                            </Link>
                          </td>
                          <td>
                            <ShareBar share={summary.shareByCount} />
                          </td>
                          <td>
                            <ShareBar share={summary.shareByValue} />
                          </td>
                          <td className="num">
                            <Link
                              className="fig"
                              href={debitsLink({
                                ...span,
                                kind: 'residual',
                                currency,
                                institution: code,
                                ...(type ? { businessType: type } : {}),
                              })}
                              prefetch={false}
                            >
                              {formatCount(summary.residualCount)}
                            </Link>
                          </td>
                          <td className="num">
                            <Amount minor={summary.residualMinor} currency={currency} unit={unit} />
                          </td>
                          <td className="num">
                            <Link
                              className="fig"
                              href={agreementsLink({ ...span, currency, institution: code, ...(type ? { businessType: type } : {}) })}
                              prefetch={false}
                            >
                              {formatPercent(coverage(summary), 1)}
                            </Link>
                          </td>
                          <td>
                            <CellCounts
                              summary={summary}
                              href={(state) => cutOverInstitutionLink(code, { days: window.days, state })}
                              t={t}
                            />
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </div>
              <TrendFigure
                days={trend}
                hrefOf={(day) => debitsLink({ from: day, to: day, kind: 'residual', currency, ...(type ? { businessType: type } : {}) })}
              />
            </div>
          )}
          <div className="foot">
            <span>{t('foot', { shown: formatCount(rows.length), cells: formatCount(cells.length) })}</span>
            <span className="only-l">{t('order')}</span>
            <span className="sp" />
            {CELL_STATES.map((state) => (
              <span key={state} className="row only-l">
                <CellGlyph state={state} />
                {t(`state.${state}`)}
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Tile({
  label,
  value,
  note,
  href,
}: {
  readonly label: string;
  readonly value: string;
  readonly note: React.ReactNode;
  readonly href?: string;
}) {
  const inside = (
    <>
      <span className="meta">{label}</span>
      <span className="co-figure">{value}</span>
      <span className="meta">{note}</span>
    </>
  );
  return href ? (
    <Link className="co-tile" href={href} prefetch={false}>
      {inside}
    </Link>
  ) : (
    <div className="co-tile">{inside}</div>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations<'cutover'>>>;

function CellCounts({ summary, href, t }: { readonly summary: Summary; readonly href: (state: string) => string; readonly t: Words }) {
  return (
    <span className="co-counts">
      {CELL_STATES.filter((state) => summary.byState[state] > 0).map((state) => (
        <Link key={state} className="row fig" href={href(state)} title={t(`state.${state}`)} prefetch={false}>
          <CellGlyph state={state} label={t(`state.${state}`)} />
          {formatCount(summary.byState[state])}
        </Link>
      ))}
    </span>
  );
}

/** One letter a pair, row by row: the worst state of the pair's business types; a dot where nothing passes between the two. */
function matrixStates(
  rows: readonly { readonly id: number; readonly own: readonly { bankId: number }[] }[],
  cells: Awaited<ReturnType<typeof cutOverCells>>,
  minimumDays: number,
): readonly string[] {
  const banks = [...new Set(cells.map(({ bankId }) => bankId))].sort((a, b) => a - b);
  const place = new Map(banks.map((id, n) => [id, n]));
  return rows.map(({ id }) => {
    const line = new Array<string>(banks.length).fill('.');
    for (const cell of cells) {
      if (cell.institutionId !== id) continue;
      const n = place.get(cell.bankId) as number;
      const worst = String(CELL_STATES.indexOf(cellState(cell, minimumDays)));
      if (line[n] === '.' || worst < (line[n] as string)) line[n] = worst;
    }
    return line.join('');
  });
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

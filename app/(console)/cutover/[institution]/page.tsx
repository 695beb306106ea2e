import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { CELL_STATES, cellState } from '@/domain/cut-over/cell-state';
import { cutOverInstitutionLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { dayWindow, parseWindow } from '@/domain/cut-over/window';
import { amountUnit } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { institutionLink } from '@/domain/links';
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

const CELLS_MAX = 400;

export async function generateMetadata({ params }: { params: Promise<{ institution: string }> }): Promise<Metadata> {
  const [t, { institution }] = await Promise.all([getTranslations('cutover'), params]);
  return { title: t('titleOf', { code: decodeURIComponent(institution) }) };
}

export default async function CutOverInstitutionPage({
  params,
  searchParams,
}: {
  params: Promise<{ institution: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor('cutover:view');
  const [t, context, search, settings, { institution }] = await Promise.all([
    getTranslations('cutover'),
    pageContext(actor, searchParams),
    searchParams,
    cutOverSettings(),
    params,
  ]);
  const { currency, locale } = context;
  const names = await partyNames(locale);
  const code = decodeURIComponent(institution);
  const party = [...names.values()].find((one) => one.code === code && one.kind === 'payment');
  if (!party) notFound();
  const window = dayWindow(new Date(), parseWindow(text(search.days)));
  const bankCode = text(search.bank);
  const bank = [...names.values()].find((one) => one.code === bankCode && one.kind === 'bank');
  const scope = { window, currency, institutionId: party.id, ...(bank ? { bankId: bank.id } : {}) };
  const [cells, coverages] = await Promise.all([cutOverCells(actor, scope), agreementCoverage(actor, scope)]);
  const wished = CELL_STATES.find((state) => state === text(search.state));
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
  const address = { days: window.days, ...(bank ? { bank: bank.code } : {}) };
  return (
    <div className="co">
      <PageHead
        trail={[{ href: cutOverLink({ days: window.days }), words: t('title') }]}
        title={bank ? `${party.short} × ${bank.short}` : party.short}
      >
        <span className="code">{code}</span>
        <WindowChoice days={window.days} />
        <span className="sp" />
        {bank ? (
          <Link className="btn" href={cutOverInstitutionLink(code, { days: window.days })} prefetch={false}>
            {t('allBanks')}
          </Link>
        ) : null}
        <Link className="btn only-l" href={institutionLink(code)} prefetch={false}>
          {t('toInstitution')}
        </Link>
      </PageHead>
      <div className="sub">
        <nav className="seg" aria-label={t('column.cells')}>
          <Link href={cutOverInstitutionLink(code, address)} aria-current={wished === undefined ? 'true' : undefined} prefetch={false}>
            {t('allStates')} <span className="t3">{formatCount(cells.length)}</span>
          </Link>
          {CELL_STATES.map((state) => (
            <Link
              key={state}
              href={cutOverInstitutionLink(code, { ...address, state })}
              aria-current={wished === state ? 'true' : undefined}
              prefetch={false}
            >
              <CellGlyph state={state} /> {t(`state.${state}`)}{' '}
              <span className="t3">{formatCount(cells.filter((cell) => stateOf(cell) === state).length)}</span>
            </Link>
          ))}
        </nav>
        <span className="sp" />
        <span className="meta only-l">{t('closed', { from: window.from, to: window.to })}</span>
      </div>
      {shown.length === 0 ? (
        <Empty
          why={t('empty', { from: window.from, to: window.to })}
          action={
            <Link className="btn" href={cutOverInstitutionLink(code)} prefetch={false}>
              {t('clear')}
            </Link>
          }
        />
      ) : (
        <div className="co-scroll fill">
          <CellTable
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
        </div>
      )}
      <div className="foot">
        <span>{t('footCells', { shown: formatCount(shown.length), total: formatCount(listed.length) })}</span>
        <span className="only-l">{t('order')}</span>
      </div>
    </div>
  );
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

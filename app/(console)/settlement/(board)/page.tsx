import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Amount } from '@/components/figures/amount';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { Empty } from '@/components/states/empty';
import { amountUnit, amountUnitLabel, formatAmount } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { nettingEfficiencyPpm } from '@/domain/settlement/net-position';
import { pageContext, type SearchParams } from '@/server/page-context';
import { breaks } from '@/server/queries/settlement/breaks';
import { corridors } from '@/server/queries/settlement/corridors';
import { participants } from '@/server/queries/settlement/participants';
import { sessions } from '@/server/queries/settlement/sessions';
import { unsettled } from '@/server/queries/settlement/unsettled';
import { requireActor } from '@/server/session';
import { Concentration } from '../_components/concentration';
import { Said } from '../_components/said';
import { sessionState } from '../_components/session-state';
import { SessionTable } from '../_components/session-table';
import { SettlementHead } from '../_components/settlement-head';
import { UnsettledBars } from '../_components/unsettled-bars';
import { confirmChosen, proposeChosen } from '../actions';
import { saidIn } from '../answer-to';
import { sharedOf } from '../shared-search';
import '../settlement.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: t('title') };
}

export default async function SettlementPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('settlement:view');
  const [t, context, search] = await Promise.all([getTranslations('settlement'), pageContext(actor, searchParams), searchParams]);
  const { range, currency, locale } = context;
  const now = new Date();
  const asOf = context.dataAt ?? now;
  // A live span ends at the newest payment; the session that is collecting then is part of it.
  const [rows, open, bands, people, pairs] = await Promise.all([
    sessions(actor, { range, currency }),
    breaks(actor, { scope: { state: 'open' }, locale }),
    unsettled(actor, { currency, asOf }),
    participants(actor, { locale }),
    corridors(actor, { range, currency }),
  ]);
  const shared = sharedOf(search);
  const newest = rows.find(({ payments }) => payments > 0n);
  const newestPairs = newest ? await corridors(actor, { no: newest.no, currency }) : [];
  const whole = actor.institutionId === null;
  const waiting = rows.filter((row) => ['awaiting', 'proposed'].includes(sessionState(row, now)));
  const onlyWaiting = search.state === 'waiting';
  const listed = onlyWaiting ? waiting : rows;
  const wrong = whole ? rows.filter(({ inMinor, outMinor }) => inMinor !== outMinor) : [];
  const collecting = rows.find((row) => sessionState(row, now) === 'collecting');
  const unit = amountUnit(
    rows.map(({ outMinor }) => outMinor),
    currency,
    locale,
  );
  const unsettledMinor = bands.reduce((sum, { minor }) => sum + minor, 0n);
  const span = { from: rows.at(-1)?.opensAt ?? range.from, to: rows[0]?.cutOffAt ?? range.to };
  const mayPropose = allows(actor.role, 'settlement:propose');
  const choosing = mayPropose && waiting.length > 0;
  const efficiency = newest ? nettingEfficiencyPpm({ grossMinor: newest.outMinor, payingMinor: newest.payingMinor }) : null;
  const brief = (minor: bigint) => {
    const own = amountUnit(minor, currency, locale);
    return `${formatAmount(minor, own, locale)} ${amountUnitLabel(own, locale)}`;
  };
  const short = (minor: bigint) => <Amount minor={minor} currency={currency} unit="auto" withUnit />;
  return (
    <div className="st">
      <SettlementHead at="sessions" shared={shared} openBreaks={open.total}>
        <span className="meta cut only-l">{t('lead')}</span>
      </SettlementHead>
      <Said said={saidIn(search)} />
      {rows.length === 0 ? (
        <Empty why={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <>
          <p className="st-sentence" data-testid="settlement-sentence">
            <SeverityGlyph severity={wrong.length > 0 ? 'critical' : open.total > 0 ? 'major' : 'info'} size={14} />
            <span>
              {[
                wrong.length > 0 ? t('sentence.unbalanced', { count: wrong.length }) : t('sentence.balanced', { count: rows.length }),
                collecting ? t('sentence.collecting', { no: collecting.no }) : t('sentence.none'),
                t('sentence.waiting', { count: waiting.length }),
                t('sentence.breaks', { count: open.total }),
              ].join(locale === 'en' ? '; ' : '；')}
            </span>
          </p>
          {newest && whole ? (
            <div className="st-tiles">
              <Tile
                name="sum"
                href={withSearch(`/settlement/${newest.no}`, shared)}
                label={t('tile.sum', { no: newest.no })}
                below={t('tile.sumWorking', { plus: brief(newest.receivingMinor), minus: brief(-newest.payingMinor) })}
              >
                <Amount minor={newest.inMinor - newest.outMinor} currency={currency} />
              </Tile>
              <Tile
                name="gross"
                href={transactionsLink({
                  range: { from: newest.opensAt, to: newest.cutOffAt },
                  currency,
                  status: ['succeeded'],
                  route: 'cleared',
                })}
                label={t('tile.gross', { no: newest.no })}
                below={t('tile.payments', { count: formatCount(newest.payments), institutions: formatCount(newest.institutions) })}
              >
                {short(newest.outMinor)}
              </Tile>
              <Tile
                name="efficiency"
                href={withSearch(`/settlement/${newest.no}`, shared)}
                label={t('tile.efficiency', { no: newest.no })}
                below={t('tile.efficiencyOf', { moved: brief(-newest.payingMinor), gross: brief(newest.outMinor) })}
              >
                {efficiency === null ? '—' : percentDigits(efficiency)}
                <span className="unit">%</span>
              </Tile>
              <Tile
                name="cap"
                href={withSearch(
                  newest.capUseCode === null ? `/settlement/${newest.no}` : `/settlement/${newest.no}/${newest.capUseCode}`,
                  shared,
                )}
                label={t('tile.cap', { no: newest.no })}
                below={newest.capUseCode === null ? t('tile.noCap') : nameOf(people, newest.capUseCode)}
              >
                {newest.capUsePpm === null ? '—' : percentDigits(Number(newest.capUsePpm), 1)}
                {newest.capUsePpm === null ? null : <span className="unit">%</span>}
              </Tile>
              <Tile
                name="unsettled"
                href={withSearch('/settlement/unsettled', shared)}
                label={t('tile.unsettled')}
                below={t('tile.unsettledOf', {
                  payments: formatCount(bands.reduce((sum, { payments }) => sum + payments, 0)),
                  sessions: bands.reduce((sum, { sessions: count }) => sum + count, 0),
                })}
              >
                {short(unsettledMinor)}
              </Tile>
              <Tile
                name="waiting"
                href={withSearch('/settlement', { ...shared, state: 'waiting' })}
                label={t('tile.waiting', { of: rows.length })}
                below={t('tile.waitingOf', {
                  proposed: waiting.filter((row) => row.proposedBy !== null).length,
                  breaks: formatCount(open.total),
                })}
              >
                {formatCount(waiting.length)}
              </Tile>
            </div>
          ) : null}
          <div className="st-body">
            <form className="region st-list" action={proposeChosen}>
              {choosing ? (
                <div className="sub st-bulk">
                  <input type="hidden" name="back" value={`/settlement?${new URLSearchParams(defined(shared))}`} />
                  <button type="submit" className="btn">
                    {t('bulk.propose')}
                  </button>
                  <button type="submit" className="btn" formAction={confirmChosen}>
                    {t('bulk.confirm')}
                  </button>
                  <span className="meta">{t('bulk.hint')}</span>
                </div>
              ) : null}
              <section className="st-scroll fill" tabIndex={0} aria-label={t('tabs.sessions')}>
                <SessionTable {...{ rows: listed, currency, unit, locale, shared, now, choosing }} />
              </section>
            </form>
            <aside className="st-side">
              {whole ? (
                <UnsettledBars
                  shared={shared}
                  bands={bands}
                  currency={currency}
                  unit={amountUnit(unsettledMinor, currency, locale)}
                  locale={locale}
                />
              ) : null}
              {whole ? (
                <Concentration
                  shared={shared}
                  corridors={pairs}
                  session={newest ? { no: newest.no, corridors: newestPairs } : null}
                  span={span}
                  people={people}
                  currency={currency}
                  unit={amountUnit(pairs[0]?.amountMinor ?? 0n, currency, locale)}
                  locale={locale}
                />
              ) : null}
            </aside>
          </div>
          <div className="foot">
            <span>
              {onlyWaiting
                ? t('foot.waiting', { count: formatCount(listed.length), of: formatCount(rows.length) })
                : t('foot.sessions', { count: formatCount(rows.length) })}
            </span>
            {onlyWaiting ? (
              <Link className="lnk" href={withSearch('/settlement', shared)} prefetch={false}>
                {t('foot.every')}
              </Link>
            ) : null}
            <span className="only-l">{t('foot.gross')}</span>
            <span className="sp" />
            <span className="only-l">{t('foot.currency', { currency })}</span>
          </div>
        </>
      )}
    </div>
  );
}

function Tile({
  name,
  href,
  label,
  below,
  children,
}: {
  readonly name: string;
  readonly href: string;
  readonly label: string;
  readonly below: string;
  readonly children: ReactNode;
}) {
  return (
    <Link className="st-tile" href={href} prefetch={false} data-testid={`settlement-${name}`}>
      <span className="t2" title={label}>
        {label}
      </span>
      <span className="v">{children}</span>
      <span className="meta cut" title={below}>
        {below}
      </span>
    </Link>
  );
}

function nameOf(people: Awaited<ReturnType<typeof participants>>, code: string): string {
  return [...people.values()].find((one) => one.code === code)?.name ?? code;
}

function defined(search: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

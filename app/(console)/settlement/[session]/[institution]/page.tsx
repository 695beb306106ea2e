import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { Duration } from '@/components/figures/duration';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { amountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { institutionLink, transactionsLink, withSearch } from '@/domain/links';
import { toDecimal } from '@/domain/money';
import { allows } from '@/domain/permissions';
import { extremes, sizeOf } from '@/domain/settlement/extremes';
import { netOf } from '@/domain/settlement/net-position';
import { pageContext, type SearchParams } from '@/server/page-context';
import { institutionIdentity } from '@/server/queries/institutions/institution-identity';
import { corridors } from '@/server/queries/settlement/corridors';
import { late } from '@/server/queries/settlement/late';
import { minutes } from '@/server/queries/settlement/minutes';
import { participants } from '@/server/queries/settlement/participants';
import { positions } from '@/server/queries/settlement/positions';
import { rowSums } from '@/server/queries/settlement/row-sums';
import { scheduleOn, schedules } from '@/server/queries/settlement/schedule';
import { sessions } from '@/server/queries/settlement/sessions';
import { requireActor } from '@/server/session';
import { LateTable } from '../../_components/late-table';
import { positionFigures } from '../../_components/position-figures';
import { Said } from '../../_components/said';
import { SessionState, sessionState } from '../../_components/session-state';
import { WayChart } from '../../_components/way-chart';
import { saveCap } from '../../actions';
import { saidIn } from '../../answer-to';
import { sharedOf } from '../../shared-search';
import '../../settlement.css';

type PositionPageProps = {
  readonly params: Promise<{ readonly session: string; readonly institution: string }>;
  readonly searchParams: SearchParams;
};

export async function generateMetadata({ params }: PositionPageProps): Promise<Metadata> {
  const t = await getTranslations('settlement');
  const { session, institution } = await params;
  return { title: `${institution.slice(0, 20)} · ${session.slice(0, 12)} · ${t('title')}` };
}

export default async function PositionPage({ params, searchParams }: PositionPageProps) {
  const actor = await requireActor('settlement:view');
  const [{ session: no, institution: code }, t, context, search] = await Promise.all([
    params,
    getTranslations('settlement'),
    pageContext(actor, searchParams),
    searchParams,
  ]);
  const { currency, locale } = context;
  const [[session], identity] = await Promise.all([
    /^\d{8}-\d{2}$/.test(no) ? sessions(actor, { no, currency }) : [],
    institutionIdentity(actor, { code: decodeURIComponent(code), locale }),
  ]);
  if (!session || !identity) notFound();
  const now = new Date();
  const dataAt = context.dataAt ?? now;
  const { paceMinutes } = scheduleOn(await schedules(actor), `${no.slice(0, 4)}-${no.slice(4, 6)}-${no.slice(6, 8)}`);
  const asked = { no, currency, institutionId: identity.id };
  const [[position], sums, pairs, way, moved, people] = await Promise.all([
    positions(actor, { ...asked, locale, asOf: new Date(Math.min(dataAt.getTime(), session.cutOffAt.getTime())), paceMinutes }),
    rowSums({ ...asked, opensAt: session.opensAt, cutOffAt: session.cutOffAt }),
    corridors(actor, asked),
    minutes(actor, asked),
    late(actor, { ...asked, locale }),
    participants(actor, { locale }),
  ]);
  const shared = sharedOf(search);
  const state = sessionState(session, now);
  const span = { from: session.opensAt, to: session.cutOffAt };
  const rows = sums[0];
  const figures = position ? positionFigures(position, { paceMinutes, collecting: state === 'collecting' }) : null;
  const link = (side: 'payer' | 'payee', others?: string) =>
    transactionsLink({
      range: span,
      currency,
      [side]: [identity.code],
      ...(others ? { [side === 'payer' ? 'payee' : 'payer']: [others] } : {}),
      status: ['succeeded'],
      route: 'cleared',
    });
  const with_ = counterparts(pairs, identity.id);
  const unit = amountUnit(
    with_.map(({ inMinor, outMinor }) => extremes([inMinor, outMinor]).highest),
    currency,
    locale,
  );
  return (
    <div className="st">
      <PageHead
        trail={[
          { href: withSearch('/settlement', shared), words: t('page.crumb') },
          { href: withSearch(`/settlement/${no}`, shared), words: no },
        ]}
        title={identity.short}
      >
        <Link className="code fig" href={institutionLink(identity.code)} prefetch={false}>
          {identity.code}
        </Link>
        <SessionState state={state} />
      </PageHead>
      <Said said={saidIn(search)} />
      {!position || !figures || !rows ? (
        <Empty why={t('page.noPosition', { code: identity.code })} />
      ) : (
        <div className="st-body">
          <section className="region st-list">
            <div className="cap">
              <h2>{t('page.way')}</h2>
              <span className="meta">{t('page.wayMeta')}</span>
            </div>
            {way.length === 0 ? (
              <p className="st-note t2">{t('page.wayGone')}</p>
            ) : (
              <WayChart
                rows={way}
                opensAt={session.opensAt}
                cutOffAt={session.cutOffAt}
                capMinor={position.capMinor}
                currency={currency}
                locale={locale}
              />
            )}
            <div className="cap">
              <h2>{t('page.counterparties')}</h2>
              <span className="meta">
                {t('page.counterpartiesMeta')} · {formatCount(with_.length)}
              </span>
            </div>
            <section className="st-scroll fill" tabIndex={0} aria-label={t('page.counterparties')}>
              <table className="tbl">
                <thead>
                  <tr>
                    <th>{t('column.counterparty')}</th>
                    {(['in', 'out', 'net'] as const).map((column) => (
                      <th key={column} className="num">
                        {t(`column.${column}`)}
                        <span className="unit">{amountUnitLabel(unit, locale)}</span>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {with_.map((each) => {
                    const other = people.get(each.id);
                    const net = netOf(each);
                    return (
                      <tr key={each.id}>
                        <td>
                          {other?.name ?? each.id} <span className="code">{other?.code}</span>
                        </td>
                        <td className="num">
                          <Link className="fig" href={link('payee', other?.code)} prefetch={false}>
                            <Amount minor={each.inMinor} currency={currency} unit={unit} />
                          </Link>
                        </td>
                        <td className="num">
                          <Link className="fig" href={link('payer', other?.code)} prefetch={false}>
                            <Amount minor={each.outMinor} currency={currency} unit={unit} />
                          </Link>
                        </td>
                        <td className={net < 0n ? 'num out' : net > 0n ? 'num in' : 'num t3'}>
                          {net > 0n ? '+' : ''}
                          <Amount minor={net} currency={currency} unit={unit} />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          </section>
          <aside className="st-side">
            <section className="st-part" aria-label={t('page.working')} data-testid="position-working">
              <div className="cap">
                <h2>{t('page.working')}</h2>
                <span className="meta">{t('sigma.rowsMeta')}</span>
              </div>
              <table className="tbl st-working">
                <thead>
                  <tr>
                    <th aria-label={t('page.working')} />
                    <th className="num">{t('column.in')}</th>
                    <th className="num">{t('column.out')}</th>
                  </tr>
                </thead>
                <tbody>
                  <Step label={t('sigma.window')}>
                    <Link className="fig" href={link('payee')} prefetch={false}>
                      <Amount minor={rows.windowInMinor} currency={currency} />
                    </Link>
                    <Link className="fig" href={link('payer')} prefetch={false}>
                      <Amount minor={rows.windowOutMinor} currency={currency} />
                    </Link>
                  </Step>
                  <Step label={t('sigma.left')}>
                    <Amount minor={-rows.leftInMinor} currency={currency} />
                    <Amount minor={-rows.leftOutMinor} currency={currency} />
                  </Step>
                  <Step label={t('sigma.taken')}>
                    <Amount minor={rows.takenInMinor} currency={currency} />
                    <Amount minor={rows.takenOutMinor} currency={currency} />
                  </Step>
                  <Step label={t('sigma.gross')}>
                    <Amount minor={position.inMinor} currency={currency} />
                    <Amount minor={position.outMinor} currency={currency} />
                  </Step>
                </tbody>
              </table>
              <table className="st-steps">
                <tbody>
                  <tr className="sum">
                    <th scope="row">{t('column.net')}</th>
                    <td className={figures.netMinor < 0n ? 'out' : 'in'} data-testid="net" data-net={figures.netMinor.toString()}>
                      {figures.netMinor > 0n ? '+' : ''}
                      <Amount minor={figures.netMinor} currency={currency} withUnit />
                    </td>
                  </tr>
                  <tr>
                    <th scope="row">{t('page.cap')}</th>
                    <td>
                      {position.capMinor === null ? t('page.capNone') : <Amount minor={position.capMinor} currency={currency} withUnit />}
                    </td>
                  </tr>
                  <tr>
                    <th scope="row">{t('page.capUse')}</th>
                    <td>{percent(figures.usePpm)}</td>
                  </tr>
                  <tr>
                    <th scope="row">{t('page.peak')}</th>
                    <td>
                      {figures.peakMinor === null ? '—' : <Amount minor={figures.peakMinor} currency={currency} withUnit />}{' '}
                      {percent(figures.peakPpm)}{' '}
                      {position.lowestAt && figures.peakMinor ? (
                        <span className="t3">
                          <BusinessTime at={position.lowestAt} form="minute" />
                        </span>
                      ) : null}
                    </td>
                  </tr>
                  <tr>
                    <th scope="row">{t('page.headroom')}</th>
                    <td>{figures.headroom === null ? <span className="t3">—</span> : <Duration ms={figures.headroom * 60_000} />}</td>
                  </tr>
                  <tr>
                    <th scope="row">{t('finality.agent')}</th>
                    <td className={position.agentMinor !== null && position.agentMinor !== figures.netMinor ? 'st-wrong' : undefined}>
                      {position.agentMinor === null ? '—' : <Amount minor={position.agentMinor} currency={currency} withUnit />}
                    </td>
                  </tr>
                </tbody>
              </table>
            </section>
            {allows(actor.role, 'settlement:schedule') && identity.currency === currency ? (
              <form className="st-tools" action={saveCap}>
                <input type="hidden" name="institution" value={identity.code} />
                <input type="hidden" name="back" value={withSearch(`/settlement/${no}/${identity.code}`, shared)} />
                <input
                  className="input wide"
                  name="amount"
                  inputMode="decimal"
                  autoComplete="off"
                  aria-label={t('page.capWhy')}
                  placeholder={t('page.capHint', { currency })}
                  defaultValue={position.capMinor === null ? '' : toDecimal({ minor: position.capMinor, currency })}
                />
                <button type="submit" className="btn">
                  {t('page.capSet')}
                </button>
              </form>
            ) : null}
            {moved.length > 0 ? (
              <section className="st-part" id="late" aria-label={t('page.late')}>
                <div className="cap">
                  <h2>{t('page.late')}</h2>
                  <span className="meta">{t('page.lateMeta')}</span>
                </div>
                <section className="st-scroll" tabIndex={0} aria-label={t('page.late')}>
                  <LateTable no={no} rows={moved} currency={currency} shared={shared} />
                </section>
              </section>
            ) : null}
          </aside>
        </div>
      )}
    </div>
  );
}

function Step({ label, children }: { readonly label: string; readonly children: readonly [ReactNode, ReactNode] }) {
  return (
    <tr>
      <td>{label}</td>
      <td className="num">{children[0]}</td>
      <td className="num">{children[1]}</td>
    </tr>
  );
}

function percent(ppm: number | null): string {
  return ppm === null ? '—' : `${percentDigits(ppm, 1)}%`;
}

function counterparts(pairs: Awaited<ReturnType<typeof corridors>>, id: number) {
  const by = new Map<number, { id: number; inMinor: bigint; outMinor: bigint }>();
  for (const { payerId, payeeId, amountMinor } of pairs) {
    const other = payerId === id ? payeeId : payerId;
    const found = by.get(other) ?? { id: other, inMinor: 0n, outMinor: 0n };
    if (payeeId === id) found.inMinor += amountMinor;
    if (payerId === id) found.outMinor += amountMinor;
    by.set(other, found);
  }
  return [...by.values()].sort((a, b) => (sizeOf(netOf(a)) < sizeOf(netOf(b)) ? 1 : -1));
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { amountUnit } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { transactionsLink, withSearch } from '@/domain/links';
import { keepsFromClosing } from '@/domain/settlement/break-kinds';
import { closingObstacles } from '@/domain/settlement/closing';
import { extremes } from '@/domain/settlement/extremes';
import { sessionSums } from '@/domain/settlement/net-position';
import { pageContext, type SearchParams } from '@/server/page-context';
import { agentStanding } from '@/server/queries/settlement/agent-standing';
import { breaks } from '@/server/queries/settlement/breaks';
import { closings } from '@/server/queries/settlement/closings';
import { late } from '@/server/queries/settlement/late';
import { positions } from '@/server/queries/settlement/positions';
import { scheduleOn, schedules } from '@/server/queries/settlement/schedule';
import { sessions } from '@/server/queries/settlement/sessions';
import { requireActor } from '@/server/session';
import { ClosingPanel } from '../_components/closing-panel';
import { FinalityPanel } from '../_components/finality-panel';
import { LateTable } from '../_components/late-table';
import { PositionTable } from '../_components/position-table';
import { Said } from '../_components/said';
import { SessionState, sessionState } from '../_components/session-state';
import { Sigma } from '../_components/sigma';
import { saidIn } from '../answer-to';
import { sharedOf } from '../shared-search';
import '../settlement.css';

type SessionPageProps = { readonly params: Promise<{ readonly session: string }>; readonly searchParams: SearchParams };

export async function generateMetadata({ params }: SessionPageProps): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: `${(await params).session.slice(0, 12)} · ${t('title')}` };
}

export default async function SessionPage({ params, searchParams }: SessionPageProps) {
  const actor = await requireActor('settlement:view');
  const [{ session: no }, t, context, search] = await Promise.all([
    params,
    getTranslations('settlement'),
    pageContext(actor, searchParams),
    searchParams,
  ]);
  const { currency, locale } = context;
  const [session] = /^\d{8}-\d{2}$/.test(no) ? await sessions(actor, { no, currency }) : [];
  if (!session) notFound();
  const now = new Date();
  const dataAt = context.dataAt ?? now;
  const schedule = scheduleOn(await schedules(actor), `${no.slice(0, 4)}-${no.slice(4, 6)}-${no.slice(6, 8)}`);
  const { paceMinutes } = schedule;
  const span = { from: session.opensAt, to: session.cutOffAt };
  const asOf = new Date(Math.min(dataAt.getTime(), session.cutOffAt.getTime()));
  const [rows, open, moved, history, agent] = await Promise.all([
    positions(actor, { no, currency, locale, asOf, paceMinutes }),
    breaks(actor, { scope: { session: no, state: 'open' }, locale }),
    late(actor, { no, currency, locale }),
    closings(actor, { no }),
    agentStanding({ no, cutOffAt: session.cutOffAt, currency }),
  ]);
  const state = sessionState(session, now);
  const shared = sharedOf(search);
  const sums = sessionSums(rows);
  const whole = actor.institutionId === null;
  const blocking = [...open.counts].reduce((sum, [kind, count]) => (keepsFromClosing(kind) ? sum + count : sum), 0);
  const obstacles = closingObstacles({
    cutOffAtMs: session.cutOffAt.getTime(),
    nowMs: now.getTime(),
    dataAtMs: dataAt.getTime(),
    sums: [sums.sumMinor],
    openBreaks: blocking,
    // The rows are summed when somebody proposes: that reads every payment of the session.
    rowsAgree: null,
    agent: schedule.agentRequired ? (agent.confirmed === agent.toConfirm ? 'confirmed' : 'open') : 'not-required',
  });
  const unit = amountUnit(
    rows.map(({ inMinor, outMinor }) => extremes([inMinor, outMinor]).highest),
    currency,
    locale,
  );
  return (
    <div className="st">
      <PageHead trail={[{ href: withSearch('/settlement', shared), words: t('page.crumb') }]} title={no}>
        <SessionState state={state} />
        <span className="t3 nowrap only-l">
          <BusinessTime at={session.opensAt} form="short" /> – <BusinessTime at={session.cutOffAt} form="short" />
        </span>
        <span className="sp" />
        {open.total > 0 ? (
          <Link className="btn" href={withSearch('/settlement/breaks', { session: no })} prefetch={false}>
            {t('page.breaks')} <span className="st-hot">{formatCount(open.total)}</span>
          </Link>
        ) : null}
        <Link className="btn" href={transactionsLink({ range: span, currency, status: ['succeeded'], route: 'cleared' })} prefetch={false}>
          {t('page.transactions')}
        </Link>
      </PageHead>
      <Said said={saidIn(search)} />
      {whole ? <Sigma sums={sums} currency={currency} /> : null}
      <div className="st-body">
        <section className="region st-list">
          <div className="cap">
            <h2>{t('page.positions')}</h2>
            <span className="meta">
              {t('foot.positions', { count: formatCount(rows.length) })} · {t('page.positionsMeta', { minutes: paceMinutes })}
            </span>
          </div>
          {rows.length === 0 ? (
            <Empty why={t('emptyCurrency', { currency })} />
          ) : (
            <section className="st-scroll fill" tabIndex={0} aria-label={t('page.positions')}>
              <PositionTable {...{ no, rows, span, currency, unit, locale, shared, paceMinutes }} collecting={state === 'collecting'} />
            </section>
          )}
        </section>
        <aside className="st-side">
          {whole ? (
            <ClosingPanel
              session={session}
              state={state}
              obstacles={obstacles}
              history={history}
              actor={actor}
              back={withSearch(`/settlement/${no}`, shared)}
            />
          ) : null}
          <FinalityPanel session={session} agent={agent} required={schedule.agentRequired} currency={currency} />
          <section className="st-part" id="late" aria-label={t('page.late')}>
            <div className="cap">
              <h2>{t('page.late')}</h2>
              <span className="meta">{t('page.lateMeta')}</span>
            </div>
            {moved.length === 0 ? (
              <p className="st-note t2">{t('page.lateNone')}</p>
            ) : (
              <section className="st-scroll" tabIndex={0} aria-label={t('page.late')}>
                <LateTable no={no} rows={moved} currency={currency} shared={shared} />
              </section>
            )}
            {moved.length > 0 ? (
              <p className="meta st-note">
                {t('foot.late', { shown: moved.length, total: formatCount(session.lateIn + session.lateOut) })}
              </p>
            ) : null}
          </section>
        </aside>
      </div>
    </div>
  );
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { AlertLines } from '@/components/alerts/alert-lines';
import { serverAlertWords } from '@/components/alerts/server-alert-words';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatCount } from '@/domain/format/count';
import { institutionLink, withSearch } from '@/domain/links';
import type { Notice } from '@/domain/overview/notices';
import { toBusinessText } from '@/domain/time-range';
import { sinceText } from './figure-text';
import type { OverviewQuestions } from './overview-questions';

/** What happened lately, from facts that can be opened: states, reconciliations, quarantined lines. */
export async function NoticesRegion({ questions, dataAt, isLive }: { questions: OverviewQuestions; dataAt: Date; isLive: boolean }) {
  const [t, tiers, reasons, told, names, alerts, alertWords] = await Promise.all([
    getTranslations('overview'),
    getTranslations('reconciliation.tier'),
    getTranslations('quarantine.reason'),
    questions.notices,
    questions.names,
    questions.alerts,
    serverAlertWords(),
  ]);
  const words: Words = {
    tier: (tier) => (tiers.has(tier as 'pair_day') ? tiers(tier as 'pair_day') : tier),
    reason: (reason) =>
      reasons.has(`${reason}.name` as 'nul-character.name') ? reasons(`${reason}.name` as 'nul-character.name') : reason,
  };
  return (
    <section className="region r-b">
      <div className="cap">
        <h2>{t('notices.title')}</h2>
        <span className="meta">
          {isLive ? '' : `${t('asOfNow')} · `}
          {t('notices.shown', { shown: told.notices.length, total: told.total })}
        </span>
        {alerts ? (
          <Link className="lnk push meta" prefetch={false} href="/alerts">
            {t('notices.alerts', { open: formatCount(alerts.open) })}
          </Link>
        ) : null}
        <Link className={alerts ? 'lnk meta' : 'lnk push meta'} href={withSearch('/quarantine', {})}>
          {t('notices.quarantine')}
        </Link>
      </div>
      {told.notices.length === 0 ? (
        <p className="meta" style={{ padding: '6px var(--gutter)' }}>
          {t('notices.none')}
        </p>
      ) : null}
      <ul className="ov-notices fill">
        {alerts ? <AlertLines rows={alerts.rows} words={alertWords} at={dataAt} /> : null}
        {told.notices.map((notice) => {
          const { title, why, href } = wording(t, words, notice, names);
          return (
            <li key={keyOf(notice)}>
              <SeverityGlyph severity={notice.severity} />
              {href ? (
                <Link className="cut strong fig" href={href}>
                  {title}
                </Link>
              ) : (
                <span className="cut strong">{title}</span>
              )}
              <span className="ago" title={toBusinessText(notice.at)}>
                {sinceText(notice.at, dataAt)}
              </span>
              <span className="why cut">{why}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type T = Awaited<ReturnType<typeof getTranslations<'overview'>>>;
type Names = ReadonlyMap<number, { readonly code: string; readonly short: string }>;

/** Names that other screens have given to roll-ups and reasons; a code they do not know stands as it is. */
type Words = { readonly tier: (tier: string) => string; readonly reason: (reason: string) => string };

function wording(t: T, words: Words, notice: Notice, names: Names): { title: string; why: string; href?: string } {
  const count = (value: bigint | number) => formatCount(value);
  if (notice.kind === 'books')
    return {
      title: t('notices.books', { tiers: notice.tiers }),
      why: t('notices.booksWhy', { buckets: count(notice.buckets) }),
      href: '/reconciliation',
    };
  if (notice.kind === 'check') {
    const why = t('notices.checkWhy', { buckets: count(notice.buckets), raw: count(notice.rawCount), rollup: count(notice.rollupCount) });
    return { title: t('notices.checkFailed', { tier: words.tier(notice.tier), count: notice.mismatches }), why, href: '/reconciliation' };
  }
  if (notice.kind === 'unheard')
    return {
      title: t('notices.unheard', { count: notice.institutions }),
      why: t('notices.unheardWhy'),
      href: withSearch('/institutions', { state: 'unknown' }),
    };
  const institution = notice.institutionId === null ? undefined : names.get(notice.institutionId);
  if (notice.kind === 'burst')
    return {
      title: institution
        ? t('notices.burst', { name: institution.short, count: notice.lines })
        : t('notices.burstUnknown', { count: notice.lines }),
      why: t('notices.burstWhy', { reason: words.reason(notice.reason) }),
      href: withSearch('/quarantine', { state: 'all', range: '24h', reason: notice.reason, institution: institution?.code }),
    };
  const layer = t(`notices.layer.${notice.worstLayer ?? 'none'}` as 'notices.layer.none');
  return {
    title: t(`notices.state.${notice.state}`, { name: institution?.short ?? '', layer }),
    why: t('notices.stateWhy', { since: toBusinessText(notice.since) }),
    href: institution ? institutionLink(institution.code) : undefined,
  };
}

function keyOf(notice: Notice): string {
  if (notice.kind === 'books' || notice.kind === 'unheard') return notice.kind;
  if (notice.kind === 'check') return `check ${notice.tier}`;
  return `${notice.kind} ${notice.institutionId} ${notice.kind === 'burst' ? notice.reason : ''}`;
}

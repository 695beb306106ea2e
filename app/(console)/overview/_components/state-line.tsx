import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Fragment, type ReactNode } from 'react';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatDuration } from '@/domain/format/duration';
import { percentDigits } from '@/domain/format/percent';
import { isOnline } from '@/domain/overview/institution-state';
import { sumOutcomes, systemSuccessPpm } from '@/domain/overview/platform-figures';
import { type Clause, type Opening, type PlatformFacts, stateSentence } from '@/domain/overview/state-sentence';
import type { PageContext } from '@/server/page-context';
import type { InstitutionNow } from '@/server/queries/overview/institution-states';
import { sinceText } from './figure-text';
import { LivePulse } from './live-pulse';
import type { OverviewQuestions } from './overview-questions';
import { SpanLine } from './span-line';

/** What the platform's state is, in one sentence whose subjects are links to the rows behind them. */
export async function StateLine({
  questions,
  context,
  dataAt,
  glyphPx = 15,
}: {
  questions: OverviewQuestions;
  context: PageContext;
  dataAt: Date | null;
  glyphPx?: number;
}) {
  const t = await getTranslations('overview');
  if (context.choice.kind === 'absolute' && dataAt) return <SpanLine questions={questions} glyphPx={glyphPx} />;
  const [states, outcomes, last, told, lagMs, unit] = await Promise.all([
    questions.states,
    questions.outcomes,
    questions.lastMinutes,
    questions.notices,
    questions.lagMs,
    questions.unit,
  ]);
  const subjects = (state: string) => states.flatMap((one) => (one.state === state && one.since ? [{ id: one.id, since: one.since }] : []));
  const facts: PlatformFacts = {
    dataAt,
    lagMs,
    // The very figures of the throughput's tile: sentence and tile never say two things.
    payments: { now: BigInt(last.payments), before: last.before === null ? null : BigInt(last.before) },
    systemSuccessPpm: systemSuccessPpm(sumOutcomes(outcomes)),
    down: subjects('down'),
    silent: subjects('silent'),
    degraded: subjects('degraded'),
    mismatches: told.mismatches,
  };
  const sentence = stateSentence(facts);
  const byId = new Map(states.map((one) => [one.id, one]));
  const opening = openingText(t, sentence.opening, context.locale);
  const online = states.filter((one) => isOnline(one.state)).length;
  return (
    <section className="ov-state">
      <SeverityGlyph severity={sentence.severity} size={glyphPx} />
      <p>
        {t.rich(sentence.clauses.length > 0 ? 'state.join' : 'state.end', {
          opening: () => opening,
          clauses: () =>
            sentence.clauses.map((clause, i) => (
              <Fragment key={`${clause.key}${'state' in clause ? clause.state : ''}`}>
                {i > 0 ? t('state.and') : null}
                {clauseNode(t, clause, byId, dataAt)}
              </Fragment>
            )),
        })}
      </p>
      <span className="push meta nowrap">
        <LivePulse unit={unit} /> {t('sources', { online, total: states.length })}
      </span>
      <Link className="lnk meta only-l ov-wall" href="/overview?wall=1">
        {t('wall.enter')}
      </Link>
    </section>
  );
}

type T = Awaited<ReturnType<typeof getTranslations<'overview'>>>;

function openingText(t: T, opening: Opening, locale: PageContext['locale']): string {
  switch (opening.key) {
    case 'empty':
    case 'idle':
      return t(`state.${opening.key}`);
    case 'behind':
      return t('state.behind', { lag: formatDuration(opening.lagMs, locale) });
    case 'failing':
      return t('state.failing', { percent: `${percentDigits(opening.systemSuccessPpm, 2)}%` });
    case 'steady':
      return opening.traffic === 'above' || opening.traffic === 'below'
        ? t(`state.${opening.traffic}`, { percent: opening.percent })
        : t(opening.traffic === 'level' ? 'state.level' : 'state.steady');
  }
}

function clauseNode(t: T, clause: Clause, byId: ReadonlyMap<number, InstitutionNow>, dataAt: Date | null): ReactNode {
  if (clause.key === 'mismatch')
    return t.rich('state.mismatch', { count: clause.count, subject: (chunks) => <Link href="/reconciliation">{chunks}</Link> });
  if (clause.key === 'many')
    return t.rich(`state.many.${clause.state}`, {
      count: clause.count,
      subject: (chunks) => <Link href={`/institutions?state=${clause.state}`}>{chunks}</Link>,
    });
  const one = byId.get(clause.subject.id);
  return t.rich(`state.one.${clause.state}`, {
    name: one?.short ?? '',
    time: sinceText(clause.subject.since, dataAt ?? clause.subject.since),
    subject: (chunks) => <Link href={`/institutions/${one?.code ?? ''}`}>{chunks}</Link>,
  });
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { PrintButton } from '@/components/cases/print-button';
import { BusinessTime } from '@/components/figures/business-time';
import { Trail } from '@/components/shell/trail';
import { fileSize } from '@/domain/cases/file-size';
import { businessDay, toBusinessText } from '@/domain/time-range';
import { enterCase } from '@/server/commands/cases/enter-case';
import type { CaseDetail } from '@/server/queries/cases/case-detail';
import { requireActor } from '@/server/session';
import { Alerts } from '../_components/alerts';
import { checkText } from '../_components/checklist';
import { eventText } from '../_components/event-text';
import { Payments } from '../_components/payments';
import { Traces } from '../_components/traces';
import { wholeCase } from '../whole-case';

type Props = { readonly params: Promise<{ readonly id: string }> };
const EVENTS_MAX = 5000;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('cases.report');
  return { title: `${t('title')} ${(await params).id.slice(0, 30)}` };
}

/** Everything of a case as one document, in the reader's language: on paper there is nothing else of the page. */
export default async function CaseReportPage({ params }: Props) {
  const actor = await requireActor('cases:view');
  const [{ id: no }, t, locale] = await Promise.all([params, getTranslations('cases'), getLocale()]);
  const entered = await enterCase(actor, { no, as: 'report' });
  if (!entered) notFound();
  const whole = await wholeCase(actor, { no, locale, events: EVENTS_MAX });
  if (!whole) notFound();
  const { detail, payments, alerts, traces, work, timeline, institutions, names } = whole;
  return (
    <div className="cs cs-report">
      <div className="head cs-screen">
        <Trail
          steps={[
            { href: '/cases', words: t('title') },
            { href: `/cases/${no}`, words: no },
          ]}
        />
        <h1>{t('report.title')}</h1>
        <span className="sp" />
        <PrintButton />
      </div>
      <article className="cs-doc" data-testid="case-report">
        <header>
          <p className="meta">
            {t('report.of', { no })} · {t('report.confidential')}
          </p>
          <h1>{detail.title}</h1>
          <p className="t2">
            {t(`status.${detail.status}`)}
            {detail.hold ? ` · ${t('held')}` : ''} ·{' '}
            {t('detail.openedBy', { at: toBusinessText(detail.openedAt), who: detail.openedByName })}
            {detail.dueAt ? ` · ${t('detail.due')} ${businessDay(detail.dueAt)}` : ''}
          </p>
          <p className="meta">{t('report.printed', { at: toBusinessText(new Date()), who: actor.displayName })}</p>
        </header>
        <section>
          <h2>{t('report.summary')}</h2>
          <p className="cs-prose">{detail.summary === '' ? t('detail.noSummary') : detail.summary}</p>
        </section>
        <section>
          <h2>{t('report.conclusion')}</h2>
          <Conclusion detail={detail} t={t} />
        </section>
        <section>
          <h2>{t('report.people')}</h2>
          <p>{detail.members.map(({ name, part }) => `${name} (${t(`part.${part}`)})`).join(' · ')}</p>
        </section>
        <Payments no={no} payments={payments} whole workable={false} plain />
        <p className="meta">{t('report.masked')}</p>
        <Traces no={no} traces={traces} names={names} workable={false} />
        <Alerts no={no} alerts={alerts} workable={false} />
        <section>
          <h2>{t('detail.institutions')}</h2>
          <p>{institutions.length === 0 ? t('institutions.none') : institutions.map(({ name, code }) => `${name} ${code}`).join(' · ')}</p>
        </section>
        <section>
          <h2>{t('detail.checklist')}</h2>
          <ul>
            {work.checks.map((check) => (
              <li key={check.id}>
                {check.at ? '☑' : '☐'} {checkText(t, check)}
                {check.at ? <span className="t3"> {t('check.doneBy', { who: check.by ?? '', at: toBusinessText(check.at) })}</span> : null}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>{t('report.files')}</h2>
          {work.files.length === 0 ? (
            <p>{t('files.none')}</p>
          ) : (
            <table className="tbl">
              <thead>
                <tr>
                  <th>{t('report.file')}</th>
                  <th className="num">{t('report.size')}</th>
                  <th>SHA-256</th>
                </tr>
              </thead>
              <tbody>
                {work.files.map((file) => (
                  <tr key={file.id}>
                    <td className="cs-wrap">
                      {file.name}
                      {file.description ? <span className="t3"> {file.description}</span> : null}
                    </td>
                    <td className="num">{fileSize(file.bytes)}</td>
                    <td className="mono cs-hash">{file.sha256}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section>
          <h2>{t('report.note')}</h2>
          {work.notes.length === 0 ? <p>{t('notes.none')}</p> : null}
          {work.notes.toReversed().map((note) => (
            <div key={note.id} className="cs-doc-note">
              <p className="meta">
                {note.by} · <BusinessTime at={note.at} />
              </p>
              <p className="cs-prose">{note.text}</p>
            </div>
          ))}
        </section>
        <section>
          <h2>{t('detail.timeline')}</h2>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('report.when')}</th>
                <th>{t('report.who')}</th>
                <th>{t('report.what')}</th>
              </tr>
            </thead>
            <tbody>
              {timeline.events.toReversed().map((event) => (
                <tr key={event.id}>
                  <td>
                    <BusinessTime at={event.at} />
                  </td>
                  <td>{event.by}</td>
                  <td className="cs-wrap">{eventText(t, event)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </article>
    </div>
  );
}

function Conclusion({ detail, t }: { readonly detail: CaseDetail; readonly t: Awaited<ReturnType<typeof getTranslations<'cases'>>> }) {
  const standing = detail.closings.findLast(({ outcome }) => outcome === 'closed' || outcome === 'proposed');
  if (!standing || detail.status === 'open' || detail.status === 'reopened') return <p>{t('report.notConcluded')}</p>;
  return (
    <>
      <p>
        <strong>{t(`finding.${standing.finding}`)}</strong> <span className="cs-prose">{standing.conclusion}</span>
      </p>
      <p className="t2">
        {detail.status === 'closed'
          ? t('closing.closed', {
              at: toBusinessText(standing.decidedAt ?? standing.proposedAt),
              proposer: standing.proposedByName,
              closer: standing.decidedByName ?? '—',
            })
          : t('closing.proposed', { who: standing.proposedByName, at: toBusinessText(standing.proposedAt) })}
      </p>
      <p className="meta">
        {t('closing.hash')} <span className="mono cs-hash">{standing.hash}</span>
      </p>
    </>
  );
}

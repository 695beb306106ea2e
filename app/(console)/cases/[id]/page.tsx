import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { formatLocale } from '@/components/figures/format-locale';
import { Icon } from '@/components/glyphs/icon';
import { Trail } from '@/components/shell/trail';
import { CopyButton } from '@/components/ui/copy-button';
import { isWorkable } from '@/domain/cases/case-state';
import { formatDuration } from '@/domain/format/duration';
import { allows } from '@/domain/permissions';
import { businessDay } from '@/domain/time-range';
import { enterCase } from '@/server/commands/cases/enter-case';
import type { SearchParams } from '@/server/page-context';
import { casePeople } from '@/server/queries/cases/case-people';
import { requireActor } from '@/server/session';
import { CaseFields } from '../_components/case-fields';
import { CaseStatusChips } from '../_components/case-status';
import { Due } from '../_components/due';
import { Said } from '../_components/said';
import { saveCase } from '../actions';
import { saidIn } from '../answer-to';
import { Alerts } from './_components/alerts';
import { Checklist } from './_components/checklist';
import { Closing } from './_components/closing';
import { Files } from './_components/files';
import { Hold } from './_components/hold';
import { Institutions } from './_components/institutions';
import { Notes } from './_components/notes';
import { Payments } from './_components/payments';
import { People } from './_components/people';
import { Timeline } from './_components/timeline';
import { Traces } from './_components/traces';
import { wholeCase } from './whole-case';

type CasePageProps = { readonly params: Promise<{ readonly id: string }>; readonly searchParams: SearchParams };
const EVENTS_SHOWN = 30;
const EVENTS_MAX = 5000;

export async function generateMetadata({ params }: CasePageProps): Promise<Metadata> {
  return { title: (await params).id.slice(0, 30) };
}

export default async function CasePage({ params, searchParams }: CasePageProps) {
  const actor = await requireActor('cases:view');
  const [{ id: no }, search, t, locale] = await Promise.all([params, searchParams, getTranslations('cases'), getLocale()]);
  const entered = await enterCase(actor, { no });
  if (!entered) notFound();
  const events = search.events === 'all' ? EVENTS_MAX : EVENTS_SHOWN;
  const [whole, people] = await Promise.all([wholeCase(actor, { no, locale, events }), casePeople(actor)]);
  if (!whole) notFound();
  const { detail, payments, alerts, traces, work, timeline, institutions, names } = whole;
  const at = new Date();
  const mayWork = allows(actor.role, 'cases:work');
  const workable = mayWork && isWorkable(detail.status);
  const openChecks = work.checks.filter((check) => check.at === null).length;
  return (
    <div className="cs">
      <div className="head">
        <Trail steps={[{ href: '/cases', words: t('title') }]} />
        <h1 className="mono nowrap">{no}</h1>
        <CopyButton value={no} what={t('column.no')} />
        <CaseStatusChips status={detail.status} held={detail.hold !== null} />
        <span className="sp" />
        {workable ? (
          <Link className="btn" href={`/cases/${no}?edit=1`} prefetch={false}>
            {t('detail.edit')}
          </Link>
        ) : null}
        <Link className="btn" href={`/cases/${no}/report`} prefetch={false}>
          <Icon name="file" small />
          {t('detail.report')}
        </Link>
      </div>
      <Said said={saidIn(search)} />
      {search.edit === '1' && workable ? (
        <form className="cs-form cs-ruled" action={saveCase}>
          <input type="hidden" name="no" value={no} />
          <CaseFields title={detail.title} summary={detail.summary} due={detail.dueAt ? businessDay(detail.dueAt) : ''} />
          <div className="row">
            <button type="submit" className="btn main">
              {t('detail.save')}
            </button>
            <Link className="btn" href={`/cases/${no}`} prefetch={false}>
              {t('detail.cancel')}
            </Link>
          </div>
        </form>
      ) : (
        <div className="cs-about">
          <p className="cs-title" data-testid="case-title">
            {detail.title}
          </p>
          <p className={detail.summary === '' ? 't3' : 'cs-prose'}>{detail.summary === '' ? t('detail.noSummary') : detail.summary}</p>
          <p className="row meta cs-facts">
            <span>{t('detail.openedBy', { at: businessDay(detail.openedAt), who: detail.openedByName })}</span>
            <span>
              {t('detail.age')} {formatDuration((detail.closedAt ?? at).getTime() - detail.openedAt.getTime(), formatLocale(locale))}
            </span>
            <span className="row">
              {t('detail.due')} <Due dueAt={detail.dueAt} at={at} closed={detail.status === 'closed'} />
            </span>
            <span>
              {t('column.changed')} <BusinessTime at={detail.updatedAt} form="short" />
            </span>
            {workable ? null : <span>{t('detail.frozen')}</span>}
          </p>
        </div>
      )}
      <div className="cs-body">
        <div className="cs-main">
          <Payments no={no} payments={payments} whole={search.payments === 'all'} workable={workable} />
          <Traces no={no} traces={traces} names={names} workable={workable} />
          <Alerts no={no} alerts={alerts} workable={workable} />
          <Notes no={no} notes={work.notes} workable={workable} />
          <Timeline no={no} timeline={timeline} />
        </div>
        <div className="cs-side">
          <Closing detail={detail} openChecks={openChecks} me={actor.id} mayWork={mayWork} />
          <Checklist no={no} checks={work.checks} workable={workable} />
          <Files no={no} files={work.files} workable={workable} />
          <People no={no} members={detail.members} people={people} mayWork={mayWork} />
          <Institutions no={no} institutions={institutions} workable={workable} />
          <Hold detail={detail} me={actor.id} mayWork={mayWork} />
        </div>
      </div>
    </div>
  );
}

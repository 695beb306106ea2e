import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { alertSearch, isNarrowed } from '@/domain/alerts/alert-filter';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { pageContext, type SearchParams } from '@/server/page-context';
import { alertRows } from '@/server/queries/alerts/alert-rows';
import { alertView } from '@/server/queries/alerts/alert-view';
import { filteredCount, queueCounts } from '@/server/queries/alerts/queue-counts';
import { savedViews } from '@/server/queries/alerts/saved-views';
import { triagers } from '@/server/queries/alerts/triagers';
import { type Actor, requireActor } from '@/server/session';
import { Inbox } from './_components/inbox';
import { InboxBar } from './_components/inbox-bar';
import { InboxEmpty } from './_components/inbox-empty';
import { SavedViews } from './_components/saved-views';
import { inboxQuestion } from './inbox-question';
import AlertsLoading from './loading';
import './alerts.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('alerts');
  return { title: t('title') };
}

const FIRST_ROWS = 100;

export default async function AlertsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('alerts:view');
  return (
    <ScreenMessages of="alerts">
      <Suspense fallback={<AlertsLoading />}>
        <Screen actor={actor} searchParams={searchParams} />
      </Suspense>
    </ScreenMessages>
  );
}

async function Screen({ actor, searchParams }: { actor: Actor; searchParams: SearchParams }) {
  const [context, search, t] = await Promise.all([pageContext(actor, searchParams), searchParams, getTranslations('alerts')]);
  const { locale, currency } = context;
  const at = new Date();
  const { filter, chosen, institutions } = await inboxQuestion(actor, { search, locale });
  const [first, counts, people, views] = await Promise.all([
    alertRows(actor, { filter, after: null, limit: FIRST_ROWS, currency, locale, at }),
    queueCounts(actor, { at }),
    triagers(actor),
    savedViews(actor),
  ]);
  const opened = chosen ?? first.rows[0]?.id;
  const [total, view] = await Promise.all([
    filteredCount(actor, { filter, counts, locale, at }),
    opened === undefined ? null : alertView(actor, { alertId: opened, locale, at }),
  ]);
  const address = alertSearch(filter);
  const query = withSearch('', address).slice(1);
  return (
    <div className="al">
      <div className="head al-head">
        <h1>{t('title')}</h1>
        <InboxBar filter={filter} counts={counts} institutions={institutions} rules={[...new Set(SHIPPED_RULES.map(({ id }) => id))]} />
        <span className="sp" />
        <SavedViews views={views} search={query} />
      </div>
      <Inbox
        key={query}
        filter={filter}
        search={query}
        first={first}
        counts={counts}
        total={total}
        at={at.toISOString()}
        currency={currency}
        me={{ id: actor.id, name: actor.displayName }}
        mayTriage={allows(actor.role, 'alerts:triage')}
        people={people}
        chosen={chosen}
        view={view}
        empty={<InboxEmpty queue={filter.queue} isNarrowed={isNarrowed(filter)} />}
      />
    </div>
  );
}

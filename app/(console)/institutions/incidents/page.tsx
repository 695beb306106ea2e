import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { allows } from '@/domain/permissions';
import { pageContext, type SearchParams } from '@/server/page-context';
import { incidents } from '@/server/queries/connectivity/incidents';
import { requireActor } from '@/server/session';
import { IncidentList } from '../_components/incident-list';
import '../institutions.css';
import '../[code]/institution.css';

const LIMIT = 200;

export default async function IncidentsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const [t, context, parameters] = await Promise.all([getTranslations('institutions'), pageContext(actor, searchParams), searchParams]);
  const id = typeof parameters.id === 'string' && /^\d{1,18}$/.test(parameters.id) ? parameters.id : undefined;
  const span = context.choice.kind === 'live' ? { from: context.range.from, to: new Date() } : context.range;
  const asked = { locale: context.locale, limit: LIMIT };
  const found = await incidents(actor, id ? { ...asked, id } : { ...asked, range: span });
  const open = found.rows.filter(({ closedAt }) => closedAt === null).length;
  return (
    <div className="inc">
      <PageHead trail={[{ href: '/institutions', words: t('page.crumb') }]} title={t('incidents.title')}>
        <span className="t3">{t('incidents.sum', { open, total: found.total })}</span>
        <span className="sp" />
        {id ? (
          <Link className="btn" href="/institutions/incidents">
            {t('incidents.all')}
          </Link>
        ) : null}
      </PageHead>
      {found.rows.length === 0 ? (
        <Empty why={t('incidents.none')} todo={t('incidents.noneDo')} />
      ) : (
        <IncidentList rows={found.rows} now={new Date()} mayAcknowledge={allows(actor.role, 'connectivity:acknowledge')} />
      )}
      <div className="foot">
        <span>{t('incidents.shown', { shown: found.rows.length, total: found.total })}</span>
        <span className="only-l">{t('incidents.order')}</span>
      </div>
    </div>
  );
}

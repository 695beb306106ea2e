import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { institutionLink } from '@/domain/links';
import { institutionAxis } from '@/domain/overview/board-axis';
import { HOUR_MS, rollupWindow } from '@/domain/overview/rollup-window';
import { allows } from '@/domain/permissions';
import { pageContext, type SearchParams } from '@/server/page-context';
import { latestAlerts } from '@/server/queries/alerts/latest-alerts';
import { flowInstitutions } from '@/server/queries/flows/flow-institutions';
import { counterparties } from '@/server/queries/institutions/counterparties';
import { institutionIdentity } from '@/server/queries/institutions/institution-identity';
import { institutionLatency } from '@/server/queries/institutions/institution-latency';
import { institutionTrend } from '@/server/queries/institutions/institution-trend';
import { legLatency } from '@/server/queries/institutions/leg-latency';
import { requireActor } from '@/server/session';
import { IncidentList } from '../_components/incident-list';
import { AlertsRegion } from './_components/alerts-region';
import { ButterflyRegion } from './_components/butterfly-region';
import { CertificatesRegion } from './_components/certificates-region';
import { ContactsRegion } from './_components/contacts-region';
import { CounterpartiesRegion } from './_components/counterparties-region';
import { HistoryRegion } from './_components/history-region';
import { IdentityRegion } from './_components/identity-region';
import { InstitutionHead } from './_components/institution-head';
import { LayersRegion } from './_components/layers-region';
import { LegsRegion } from './_components/legs-region';
import { LinesBar } from './_components/lines-bar';
import { OutcomesRegion } from './_components/outcomes-region';
import { StopsRegion } from './_components/stops-region';
import { TypesRegion } from './_components/types-region';
import { connectivityOf } from './connectivity-question';
import '../institutions.css';
import './institution.css';

const ALERTS_MAX = 5;

export default async function InstitutionPage({ params, searchParams }: { params: Promise<{ code: string }>; searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const [{ code }, context] = await Promise.all([params, pageContext(actor, searchParams)]);
  const { choice, range, currency, locale } = context;
  const identity = await institutionIdentity(actor, { code: decodeURIComponent(code), locale });
  if (!identity) notFound();

  const t = await getTranslations('institutions');
  const dataAt = context.dataAt ?? new Date();
  const axis = institutionAxis(range);
  const window = rollupWindow({ choice, range, dataAt, bucketMs: axis.bucketMs });
  const hours = rollupWindow({ choice, range, dataAt, bucketMs: HOUR_MS });
  const asked = { institutionId: identity.id, range: window.buckets, axis, currency };
  const [trend, flows, legs, names, line, ...latencies] = await Promise.all([
    institutionTrend(actor, asked),
    counterparties(actor, asked),
    legLatency(actor, { institutionId: identity.id, range: hours.buckets }),
    flowInstitutions(actor, { locale }),
    connectivityOf(actor, { identity, context }),
    ...(['payer', 'payee', 'intermediary'] as const).map((role) =>
      institutionLatency(actor, { range: window.buckets, axis, role, institutionId: identity.id }),
    ),
  ]);
  const [payer, payee, intermediary] = latencies.map((latency) => latency.get(identity.id) ?? null);
  const alerts = allows(actor.role, 'alerts:view')
    ? await latestAlerts(actor, { institutionId: identity.id, limit: ALERTS_MAX, locale })
    : null;
  const shared = { identity, context, window, axis };
  return (
    <div className="ip">
      <InstitutionHead identity={identity} range={window.rows} currency={currency} />
      <LinesBar identity={identity} cause={line.cause} dataAt={dataAt} />
      <div className="ip-main">
        <LayersRegion lines={line.lines} cause={line.cause} />
        <HistoryRegion
          {...line.history}
          code={identity.code}
          name={identity.name}
          locale={locale}
          all={(await searchParams).history === 'all'}
          allHref={`${institutionLink(identity.code, { range: choice.kind === 'live' ? choice.preset : range })}&history=all#history`}
        />
        <section className="region r-t" id="incidents">
          <div className="cap">
            <h2>{t('incidents.title')}</h2>
            <span className="meta">{t('incidents.span', { shown: line.incidents.rows.length, total: line.incidents.total })}</span>
          </div>
          {line.incidents.rows.length === 0 ? (
            <p className="meta ip-note">{t('incidents.noneHere')}</p>
          ) : (
            <IncidentList rows={line.incidents.rows} now={new Date()} mayAcknowledge={allows(actor.role, 'connectivity:acknowledge')} />
          )}
        </section>
        {alerts ? <AlertsRegion code={identity.code} alerts={alerts} /> : null}
        <CertificatesRegion code={identity.code} certificates={line.certificates} mayOperate={allows(actor.role, 'connectivity:operate')} />
        <ButterflyRegion {...shared} trend={trend} />
        <CounterpartiesRegion {...shared} flows={flows} names={names} />
      </div>
      <aside className="ip-side">
        <OutcomesRegion
          {...shared}
          trend={trend}
          latency={{ payer: payer ?? null, payee: payee ?? null, intermediary: intermediary ?? null }}
        />
        <LegsRegion legs={legs} hours={hours.rows} />
        <ContactsRegion contacts={line.contacts} />
        <StopsRegion
          code={identity.code}
          stops={line.stops}
          lines={[...new Set(line.lines.map((one) => one.line))]}
          mayOperate={allows(actor.role, 'connectivity:operate')}
        />
        <TypesRegion {...shared} flows={flows} />
        <IdentityRegion identity={identity} locale={locale} />
      </aside>
    </div>
  );
}

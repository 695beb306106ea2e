import { notFound } from 'next/navigation';
import { institutionAxis } from '@/domain/overview/board-axis';
import { HOUR_MS, rollupWindow } from '@/domain/overview/rollup-window';
import { pageContext, type SearchParams } from '@/server/page-context';
import { flowInstitutions } from '@/server/queries/flows/flow-institutions';
import { counterparties } from '@/server/queries/institutions/counterparties';
import { institutionIdentity } from '@/server/queries/institutions/institution-identity';
import { institutionLatency } from '@/server/queries/institutions/institution-latency';
import { institutionTrend } from '@/server/queries/institutions/institution-trend';
import { legLatency } from '@/server/queries/institutions/leg-latency';
import { requireActor } from '@/server/session';
import { ButterflyRegion } from './_components/butterfly-region';
import { CounterpartiesRegion } from './_components/counterparties-region';
import { IdentityRegion } from './_components/identity-region';
import { InstitutionHead } from './_components/institution-head';
import { LegsRegion } from './_components/legs-region';
import { LinesBar } from './_components/lines-bar';
import { OutcomesRegion } from './_components/outcomes-region';
import { TypesRegion } from './_components/types-region';
import '../institutions.css';
import './institution.css';

export default async function InstitutionPage({ params, searchParams }: { params: Promise<{ code: string }>; searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const [{ code }, context] = await Promise.all([params, pageContext(actor, searchParams)]);
  const { choice, range, currency, locale } = context;
  const identity = await institutionIdentity(actor, { code: decodeURIComponent(code), locale });
  if (!identity) notFound();

  const dataAt = context.dataAt ?? new Date();
  const axis = institutionAxis(range);
  const window = rollupWindow({ choice, range, dataAt, bucketMs: axis.bucketMs });
  const hours = rollupWindow({ choice, range, dataAt, bucketMs: HOUR_MS });
  const asked = { institutionId: identity.id, range: window.buckets, axis, currency };
  const [trend, flows, legs, names, ...latencies] = await Promise.all([
    institutionTrend(actor, asked),
    counterparties(actor, asked),
    legLatency(actor, { institutionId: identity.id, range: hours.buckets }),
    flowInstitutions(actor, { locale }),
    ...(['payer', 'payee', 'intermediary'] as const).map((role) =>
      institutionLatency(actor, { range: window.buckets, axis, role, institutionId: identity.id }),
    ),
  ]);
  const [payer, payee, intermediary] = latencies.map((latency) => latency.get(identity.id) ?? null);
  const shared = { identity, context, window, axis };
  return (
    <div className="ip">
      <InstitutionHead identity={identity} range={window.rows} currency={currency} />
      <LinesBar identity={identity} dataAt={dataAt} />
      <ButterflyRegion {...shared} trend={trend} />
      <CounterpartiesRegion {...shared} flows={flows} names={names} />
      <aside className="ip-side">
        <OutcomesRegion
          {...shared}
          trend={trend}
          latency={{ payer: payer ?? null, payee: payee ?? null, intermediary: intermediary ?? null }}
        />
        <TypesRegion {...shared} flows={flows} />
        <LegsRegion legs={legs} hours={hours.rows} />
        <IdentityRegion identity={identity} locale={locale} />
      </aside>
    </div>
  );
}

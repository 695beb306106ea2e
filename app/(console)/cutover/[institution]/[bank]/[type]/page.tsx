import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '@/components/shell/page-head';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { cutOverInstitutionLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { addDays, dayWindow, parseWindow } from '@/domain/cut-over/window';
import { allows } from '@/domain/permissions';
import { database } from '@/server/database';
import { pageContext, type SearchParams } from '@/server/page-context';
import { agreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import { cellDays } from '@/server/queries/cut-over/cell-days';
import { cellGate } from '@/server/queries/cut-over/cell-gate';
import { certificates } from '@/server/queries/cut-over/certificates';
import { cutOverCells } from '@/server/queries/cut-over/cut-over-cells';
import { cutOverSettings } from '@/server/queries/cut-over/cut-over-settings';
import { gateConditions } from '@/server/queries/cut-over/gate-conditions';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';
import { WindowChoice } from '../../../_components/board-bar';
import { askForCertificate, changeGate } from '../../../actions';
import { CertificateRegion } from './_components/certificate-region';
import { DaysRegion } from './_components/days-region';
import { GateRegion } from './_components/gate-region';
import { SidesRegion } from './_components/sides-region';

type Params = Promise<{ institution: string; bank: string; type: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const [t, { institution, bank }] = await Promise.all([getTranslations('cutover'), params]);
  return { title: t('titleOf', { code: `${decodeURIComponent(institution)} × ${decodeURIComponent(bank)}` }) };
}

export default async function CutOverCellPage({ params, searchParams }: { params: Params; searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search, settings, { institution, bank, type }] = await Promise.all([
    getTranslations('cutover'),
    pageContext(actor, searchParams),
    searchParams,
    cutOverSettings(),
    params,
  ]);
  const names = [...(await partyNames(context.locale)).values()];
  const codes = { institution: decodeURIComponent(institution), bank: decodeURIComponent(bank) };
  const payment = names.find(({ code, kind }) => code === codes.institution && kind === 'payment');
  const holder = names.find(({ code, kind }) => code === codes.bank && kind === 'bank');
  const businessType = BUSINESS_TYPES.find((known) => known === type);
  if (!payment || !holder || !businessType) notFound();
  if (actor.institutionId !== null && actor.institutionId !== payment.id && actor.institutionId !== holder.id) notFound();
  const { currency } = context;
  const window = dayWindow(new Date(), parseWindow(Array.isArray(search.days) ? search.days[0] : search.days));
  const cell = { institutionId: payment.id, bankId: holder.id, businessType };
  const [days, cells, coverages, gate, conditions, held] = await Promise.all([
    cellDays(actor, { cell: { ...cell, currency }, window }),
    cutOverCells(actor, { window, currency, institutionId: payment.id, bankId: holder.id }),
    agreementCoverage(actor, { window, currency, institutionId: payment.id, bankId: holder.id }),
    cellGate(database(), cell),
    gateConditions({ ...cell, currency }),
    certificates(actor, { cell }),
  ]);
  const summary = cells.find((one) => one.businessType === businessType);
  const mayGovern = allows(actor.role, 'cutover:govern');
  const link = { ...codes, businessType };
  return (
    <div className="co co-cell">
      <PageHead
        trail={[
          { href: cutOverLink({ days: window.days }), words: t('title') },
          { href: cutOverInstitutionLink(codes.institution, { days: window.days }), words: payment.short },
        ]}
        title={`${holder.short} · ${t(`type.${businessType}`)}`}
      >
        <WindowChoice days={window.days} />
        <span className="sp" />
        <span className="meta only-l">{t('closed', { from: window.from, to: window.to })}</span>
      </PageHead>
      <div className="co-split">
        <div className="co-main">
          <SidesRegion
            days={days}
            summary={summary}
            coverage={coverages.find((one) => one.businessType === businessType)}
            window={window}
            currency={currency}
            link={link}
            names={{ institution: payment.short, bank: holder.short }}
            minimumDays={settings.minimumDays}
          />
          <DaysRegion days={days} window={window} currency={currency} link={link} />
        </div>
        <div className="co-side">
          <GateRegion
            state={gate.state}
            history={gate.history}
            requestDigest={gate.requestDigest}
            unmet={conditions.unmet(gate.state.gate)}
            seen={conditions.seen}
            people={await people([...gate.history.map(({ actorId }) => actorId)])}
            actorId={actor.id}
            mayGovern={mayGovern}
            cell={link}
            currency={currency}
            change={changeGate}
          />
          <CertificateRegion
            held={held.rows}
            total={held.total}
            mayGovern={mayGovern}
            cell={link}
            currency={currency}
            from={addDays(window.to, 1 - Math.max(settings.minimumDays, 1))}
            to={window.to}
            ask={askForCertificate}
          />
        </div>
      </div>
    </div>
  );
}

async function people(ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const rows = await database().appUser.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, displayName: true } });
  return Object.fromEntries(rows.map(({ id, displayName }) => [id, displayName]));
}

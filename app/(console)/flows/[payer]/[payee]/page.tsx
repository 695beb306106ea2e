import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Trail } from '@/components/shell/trail';
import { Empty } from '@/components/states/empty';
import { alignToHours, isRecorded } from '@/domain/flows/aligned-range';
import { flowFigures } from '@/domain/flows/flow-figures';
import { pairLink, paymentsLink } from '@/domain/flows/flow-links';
import { changedSearch } from '@/domain/flows/flow-search';
import { parseFlowView } from '@/domain/flows/flow-view';
import { institutionLink, withSearch } from '@/domain/links';
import { pageContext } from '@/server/page-context';
import { firstRecorded } from '@/server/queries/flows/first-recorded';
import { flowInstitutions } from '@/server/queries/flows/flow-institutions';
import { pairBreakdown } from '@/server/queries/flows/pair-breakdown';
import { requireActor } from '@/server/session';
import { linkBase, rangeNotes } from '../../_components/flow-address';
import { TypesFilter } from '../../_components/types-filter';
import { PairButterfly } from './_components/pair-butterfly';
import { PairHours } from './_components/pair-hours';
import { PairLatencyFigures } from './_components/pair-latency-figures';
import { pairTotals } from './_components/pair-sums';
import { PairTotals } from './_components/pair-totals';
import { PairTrend } from './_components/pair-trend';
import { PairTypes } from './_components/pair-types';
import '../../flows.css';
import './pair.css';

type Props = {
  params: Promise<{ payer: string; payee: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { payer, payee } = await params;
  return { title: `${decodeURIComponent(payer)} → ${decodeURIComponent(payee)}` };
}

/** One institution paying another: what, when, how well, and what comes back. */
export default async function PairPage({ params, searchParams }: Props) {
  const actor = await requireActor('flows:view');
  const [codes, search, context, t] = await Promise.all([params, searchParams, pageContext(actor, searchParams), getTranslations('flows')]);
  const view = parseFlowView(search);
  const institutions = await flowInstitutions(actor, { locale: context.locale });
  const byCode = new Map([...institutions.values()].map((one) => [one.code, one]));
  const payer = byCode.get(decodeURIComponent(codes.payer));
  const payee = byCode.get(decodeURIComponent(codes.payee));
  if (!payer || !payee) notFound();
  // Somebody of one institution sees nothing of what others pay each other, not even that it is nothing.
  if (actor.institutionId !== null && actor.institutionId !== payer.id && actor.institutionId !== payee.id) notFound();

  const aligned = alignToHours({
    choice: context.choice,
    range: context.range,
    compare: context.compare,
    dataAt: context.dataAt ?? new Date(),
  });
  const ask = (payerId: number, payeeId: number) =>
    pairBreakdown(actor, { aligned, currency: context.currency, types: view.types, payerId, payeeId });
  const [there, back, first] = await Promise.all([
    ask(payer.id, payee.id),
    payer.id === payee.id ? [] : ask(payee.id, payer.id),
    firstRecorded(actor, { currency: context.currency }),
  ]);
  const figures = flowFigures(context);
  const base = linkBase(search, { range: aligned.rows, currency: context.currency, view });
  const filter = { payers: [payer.code], payees: [payee.code] };
  const compare = isRecorded(aligned.before, first) ? context.compare : ('none' as const);
  const totals = pairTotals(there);
  const filtered = view.types.length > 0;
  const shared = { actor, context, aligned, compare, view, payer, payee, base };
  return (
    <div className="pair">
      <header className="head flows-head">
        <Trail steps={[{ href: withSearch('/flows', base.shared), words: t('pair.breadcrumb') }]} />
        <h1 className="cut">
          <Link className="fig" href={institutionLink(payer.code, base.shared)}>
            {payer.name}
          </Link>{' '}
          <span className="t3">→</span>{' '}
          <Link className="fig" href={institutionLink(payee.code, base.shared)}>
            {payee.name}
          </Link>
        </h1>
        <span className="sp" />
        {payer.id !== payee.id && (
          <Link className="btn" prefetch={false} href={pairLink(base, payee.code, payer.code)}>
            ⇄ {t('pair.reverse')}
          </Link>
        )}
        <TypesFilter chosen={view.types} />
      </header>
      <PairTotals totals={totals} filter={filter} base={base} compare={compare} figures={figures}>
        <Suspense fallback={<div className="pair-figure" />}>
          <PairLatencyFigures {...shared} />
        </Suspense>
      </PairTotals>
      <p className="pair-note meta">{rangeNotes(t, aligned, { asked: context.compare, compare }).join(' · ')}</p>
      {totals.attempts === 0n && back.length === 0 ? (
        <div className="pair-wide">
          <Empty
            why={t('pair.empty', { payer: payer.name, payee: payee.name })}
            todo={filtered ? t('empty.filtered') : t('pair.emptyDo')}
            action={
              filtered ? (
                <Link className="btn" href={`?${changedSearch(search, { type: null })}`}>
                  {t('empty.clear')}
                </Link>
              ) : undefined
            }
          />
        </div>
      ) : (
        <>
          <Suspense fallback={<div className="region pair-trend" />}>
            <PairTrend {...shared} />
          </Suspense>
          <PairTypes parts={there} filter={filter} base={base} compare={compare} figures={figures} />
          <Suspense fallback={<div className="region pair-butterfly" />}>
            <PairButterfly {...shared} there={totals} back={pairTotals(back)} />
          </Suspense>
          <Suspense fallback={<div className="region pair-hours" />}>
            <PairHours {...shared} />
          </Suspense>
        </>
      )}
      <div className="foot pair-wide">
        <span>
          {t('pair.summary', {
            payer: payer.name,
            payee: payee.name,
            amount: figures.exact(totals.amount),
            payments: figures.count(totals.succeeded),
            reverse: figures.exact(pairTotals(back).amount),
          })}
        </span>
        <Link className="push lnk" prefetch={false} href={paymentsLink(base, { ...filter, succeededOnly: true })}>
          {t('seePayments')}
        </Link>
      </div>
    </div>
  );
}

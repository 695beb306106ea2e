import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { Empty } from '@/components/states/empty';
import { institutionLink } from '@/domain/links';
import { pageContext, type SearchParams } from '@/server/page-context';
import { ownInstitutionCode } from '@/server/queries/institutions/own-institution-code';
import { shellFacts } from '@/server/queries/session/shell-facts';
import { requireActor } from '@/server/session';
import { FlowsRegion } from './_components/flows-region';
import { MosaicRegion } from './_components/mosaic-region';
import { NoticesRegion } from './_components/notices-region';
import { overviewQuestions } from './_components/overview-questions';
import { RegionSkeleton, StateSkeleton, TileSkeleton } from './_components/skeletons';
import { StateLine } from './_components/state-line';
import { ThroughputRegion } from './_components/throughput-region';
import { AmountTile, LatencyTile, OnlineTile, QuarantineTile, SuccessTile, ThroughputTile } from './_components/tiles';
import { Wall } from './_components/wall';
import { Whole } from './_components/whole';
import './overview.css';

const TILES = [ThroughputTile, AmountTile, SuccessTile, LatencyTile, OnlineTile, QuarantineTile];

export default async function OverviewPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('overview:view');
  // An institution's own people have no whole platform to look at: theirs is the page of their institution.
  if (actor.institutionId !== null) redirect(institutionLink((await ownInstitutionCode(actor)) ?? ''));
  const [context, parameters, t] = await Promise.all([pageContext(actor, searchParams), searchParams, getTranslations('overview')]);
  const { dataAt } = context;
  const isLive = context.choice.kind === 'live';
  const questions = overviewQuestions(actor, context, dataAt ?? new Date());
  if (parameters.wall !== undefined) {
    const { simulated } = await shellFacts(actor);
    return <Wall questions={questions} context={context} dataAt={dataAt} simulated={simulated} />;
  }
  const region = (name: 'throughput' | 'connectivity' | 'flows' | 'notices', className: string, node: ReactNode) => (
    <Whole title={t(`${name}.title`)} className={className}>
      <Suspense fallback={<RegionSkeleton title={t(`${name}.title`)} className={className} />}>{node}</Suspense>
    </Whole>
  );
  return (
    <div className="ov">
      <h1 className="sr-only">{t('title')}</h1>
      <Suspense fallback={<StateSkeleton />}>
        <StateLine questions={questions} context={context} dataAt={dataAt} />
      </Suspense>
      <section className="ov-tiles tiles" aria-label={t('tiles.label')}>
        {TILES.map((Figure) => (
          <Suspense key={Figure.name} fallback={<TileSkeleton />}>
            <Figure questions={questions} context={context} />
          </Suspense>
        ))}
      </section>
      {dataAt === null ? (
        <Empty why={t('empty.why')} todo={t('empty.do')} />
      ) : (
        <>
          {region('throughput', 'r-t', <ThroughputRegion questions={questions} context={context} dataAt={dataAt} />)}
          {region('connectivity', 'r-b r-t', <MosaicRegion questions={questions} dataAt={dataAt} isLive={isLive} />)}
          {region('flows', '', <FlowsRegion questions={questions} context={context} />)}
          {region('notices', 'r-b', <NoticesRegion questions={questions} dataAt={dataAt} isLive={isLive} />)}
        </>
      )}
    </div>
  );
}

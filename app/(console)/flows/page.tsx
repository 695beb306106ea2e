import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { parseFlowView } from '@/domain/flows/flow-view';
import { pageContext } from '@/server/page-context';
import { requireActor } from '@/server/session';
import { FlowAxes } from './_components/flow-axes';
import { FlowHead } from './_components/flow-head';
import { flowPicture } from './_components/flow-picture';
import { MatrixScreen } from './_components/matrix-screen';
import { SankeyScreen } from './_components/sankey-screen';
import { TableScreen } from './_components/table-screen';
import { TrendScreen } from './_components/trend-screen';
import './flows.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('flows');
  return { title: t('title') };
}

export default async function FlowsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('flows:view');
  const params = await searchParams;
  const context = await pageContext(actor, searchParams);
  const view = parseFlowView(params);
  if (view.view === 'trend')
    return (
      <div className="flows" data-view="trend">
        <FlowHead params={params} view={view} />
        <TrendScreen actor={actor} context={context} params={params} view={view} />
      </div>
    );
  const picture = await flowPicture(actor, context, view);
  const screen = { actor, picture, context, params, view };
  return (
    <div className="flows" data-view={view.view}>
      <FlowHead params={params} view={view}>
        <FlowAxes picture={picture} lines={view.view === 'matrix'} />
      </FlowHead>
      {view.view === 'matrix' ? (
        <MatrixScreen {...screen} />
      ) : view.view === 'sankey' ? (
        <SankeyScreen {...screen} />
      ) : (
        <TableScreen {...screen} />
      )}
    </div>
  );
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { Sankey } from '@/components/charts/sankey';
import { Empty } from '@/components/states/empty';
import { sumOutcomes } from '@/domain/overview/platform-figures';
import type { PageContext } from '@/server/page-context';
import { flowsPicture } from './flows-picture';
import type { OverviewQuestions } from './overview-questions';
import { SpanEmpty } from './span-empty';

/** The largest payers against the largest payees. */
export async function FlowsRegion(props: { questions: OverviewQuestions; context: PageContext }) {
  const t = await getTranslations('overview');
  const picture = await flowsPicture(t, props);
  const { currency } = props.context;
  // Where nothing at all was paid the throughput above has said where to look.
  const idle = sumOutcomes(await props.questions.outcomes).all === 0n;
  if (picture.empty)
    return (
      <section className="region">
        <div className="cap">
          <h2>{t('flows.title')}</h2>
          <span className="meta">{picture.hours}</span>
        </div>
        {idle ? <Empty why={t('flows.empty', { currency })} /> : <SpanEmpty {...props} why={t('flows.empty', { currency })} />}
      </section>
    );
  const head = [
    t('flows.table.payer'),
    t('flows.table.payee'),
    `${t('flows.table.amount')} (${picture.unitLabel})`,
    t('flows.table.share'),
  ];
  return (
    <ChartFrame
      className="ov-flows"
      title={t('flows.title')}
      unit={picture.caption}
      summary={picture.summary}
      tools={
        <Link className="lnk meta" href={picture.open}>
          {t('flows.open')}
        </Link>
      }
      table={<ChartTable head={head} rows={picture.rows} />}
    >
      <Sankey left={picture.left} right={picture.right} bands={picture.bands} summary={picture.summary} />
    </ChartFrame>
  );
}

import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { Throughput } from '@/components/charts/throughput';
import { spanText } from '@/domain/format/span';
import { toBusinessText } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import type { OverviewQuestions } from './overview-questions';
import { SpanEmpty } from './span-empty';
import { throughputPicture } from './throughput-picture';

type Props = { questions: OverviewQuestions; context: PageContext; dataAt: Date };

/** Payments a second against what past days had at the same time; a marked span opens its flows. */
export async function ThroughputRegion(props: Props) {
  const t = await getTranslations('overview');
  const { title, unit, rate, empty, labels, summary, compared, banded, chart } = await throughputPicture(t, props);
  if (empty)
    return (
      <section className="region r-t">
        <div className="cap">
          <h2>{title}</h2>
        </div>
        <SpanEmpty {...props} why={t('throughput.empty', { span: spanText(props.questions.hours.rows) })} />
      </section>
    );
  const head = [
    t('throughput.table.from'),
    labels.unit,
    ...(compared ? [t('throughput.table.before')] : []),
    ...(banded ? [t('throughput.table.low'), t('throughput.table.high')] : []),
  ];
  const rows = chart.points.map((point) => [
    toBusinessText(new Date(point.at)),
    rate(point.now),
    ...(compared ? [rate(point.before)] : []),
    ...(banded ? [rate(point.low), rate(point.high)] : []),
  ]);
  return (
    <ChartFrame
      className="r-t ov-throughput"
      title={title}
      unit={unit}
      legend={<Legend labels={labels} />}
      summary={summary}
      table={<ChartTable head={head} rows={rows} />}
    >
      <Throughput {...chart} />
    </ChartFrame>
  );
}

function Legend({ labels }: { labels: { now: string; before: string; band: string } }) {
  return (
    <span className="row ov-legends">
      <span className="ov-legend">
        <svg width="14" height="8" aria-hidden="true">
          <path d="M0 4h14" stroke="var(--chart-line)" strokeWidth="1.5" />
        </svg>
        {labels.now}
      </span>
      {labels.before ? (
        <span className="ov-legend">
          <svg width="14" height="8" aria-hidden="true">
            <path d="M0 4h14" stroke="var(--chart-compare)" />
          </svg>
          {labels.before}
        </span>
      ) : null}
      {labels.band ? (
        <span className="ov-legend">
          <svg width="14" height="10" aria-hidden="true">
            <rect width="14" height="10" rx="1" fill="var(--chart-band)" />
          </svg>
          {labels.band}
        </span>
      ) : null}
    </span>
  );
}

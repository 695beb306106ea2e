import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { Throughput } from '@/components/charts/throughput';
import { toBusinessText } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { ChartTable } from './chart-table';
import type { OverviewQuestions } from './overview-questions';
import { rateText, throughputPicture } from './throughput-picture';

type Props = { questions: OverviewQuestions; context: PageContext; dataAt: Date };

/** Payments a second against what past days had at the same time; a marked span opens its flows. */
export async function ThroughputRegion(props: Props) {
  const t = await getTranslations('overview');
  const { title, unit, labels, summary, compared, banded, chart } = await throughputPicture(t, props);
  const head = [
    t('throughput.table.from'),
    t('throughput.table.now'),
    ...(compared ? [t('throughput.table.before')] : []),
    ...(banded ? [t('throughput.table.low'), t('throughput.table.high')] : []),
  ];
  const rows = chart.points.map((point) => [
    toBusinessText(new Date(point.at)),
    rateText(point.now),
    ...(compared ? [rateText(point.before)] : []),
    ...(banded ? [rateText(point.low), rateText(point.high)] : []),
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
    <span className="row" style={{ gap: 12 }}>
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

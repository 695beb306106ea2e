import type { getTranslations } from 'next-intl/server';
import type { ThroughputPoint } from '@/components/charts/throughput';
import { momentText } from '@/domain/format/moment';
import { withSearch } from '@/domain/links';
import { largestExcursion } from '@/domain/overview/excursion';
import { throughputPoints } from '@/domain/overview/throughput-points';
import { DAY_MS, toBusinessText } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import type { OverviewQuestions } from './overview-questions';

export type OverviewT = Awaited<ReturnType<typeof getTranslations<'overview'>>>;
const MINUTE_MS = 60_000;

/** Everything that the throughput chart says, on the page and on the wall. */
export async function throughputPicture(
  t: OverviewT,
  { questions, context, dataAt }: { questions: OverviewQuestions; context: PageContext; dataAt: Date },
) {
  const [now, before, band] = await Promise.all([questions.now, questions.before, questions.band]);
  const { stepMs, beforeShiftMs } = questions;
  const range = questions.steps.buckets;
  const points = throughputPoints({ range, stepMs, dataAt, now, before, beforeShiftMs, band: band?.steps ?? null });
  const excursion = largestExcursion(
    points.map((point) => ({ at: point.at, value: point.now, low: point.low, high: point.high })),
    stepMs / 1000,
  );
  const isDay = range.to.getTime() - range.from.getTime() === DAY_MS;
  const summary = t('throughput.summary', { ...extent(points), from: momentText(range.from), to: momentText(questions.steps.rows.to) });
  const labels = {
    now: t(isDay ? 'throughput.today' : 'throughput.now'),
    before: context.compare === 'none' ? '' : t(`throughput.before.${context.compare}`),
    band: band ? t('throughput.band', { days: band.days }) : '',
    unit: t('throughput.unit'),
  };
  const excursionLabel = excursion
    ? t(`throughput.excursion.${excursion.direction}`, {
        from: clock(excursion.from),
        to: clock(excursion.to + stepMs),
        percent: `${excursion.extremePercent > 0 ? '+' : '−'}${Math.abs(excursion.extremePercent)}%`,
      })
    : '';
  return {
    title: t(isDay ? 'throughput.title24' : 'throughput.title'),
    unit: t('throughput.mean', { step: stepText(t, stepMs) }),
    summary,
    labels,
    compared: before !== null,
    banded: band !== null,
    chart: {
      points,
      stepMs,
      excursion,
      excursionLabel,
      dataAt: questions.asOf.getTime(),
      labels,
      flowsHref: withSearch('/flows', { view: 'matrix', currency: context.currency }),
      summary: `${summary} ${t('throughput.keys')}`,
    },
  };
}

/** Payments a second, as many digits as the number needs; a dash where it is not known. */
export function rateText(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : value.toFixed(value < 100 ? 2 : 0);
}

function extent(points: readonly ThroughputPoint[]): { low: string; high: string; last: string } {
  const known = points.flatMap((point) => (point.now === null ? [] : [point.now]));
  const any = known.length > 0;
  return { low: rateText(any ? Math.min(...known) : null), high: rateText(any ? Math.max(...known) : null), last: rateText(known.at(-1)) };
}

function clock(at: number): string {
  return toBusinessText(new Date(at)).slice(11, 16);
}

function stepText(t: OverviewT, stepMs: number): string {
  const minutes = stepMs / MINUTE_MS;
  if (minutes < 60) return t('throughput.minutes', { count: minutes });
  return minutes < 1440 ? t('throughput.hours', { count: minutes / 60 }) : t('throughput.days', { count: minutes / 1440 });
}

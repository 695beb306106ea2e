import type { getTranslations } from 'next-intl/server';
import { momentText } from '@/domain/format/moment';
import { withSearch } from '@/domain/links';
import { largestExcursion } from '@/domain/overview/excursion';
import { type RateUnit, rateText } from '@/domain/overview/rate-unit';
import { type ThroughputPoint, throughputPoints } from '@/domain/overview/throughput-points';
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
  const [now, before, band, unit] = await Promise.all([questions.now, questions.before, questions.band, questions.unit]);
  const { stepMs, beforeShiftMs } = questions;
  const range = questions.steps.buckets;
  const points = throughputPoints({ range, stepMs, dataAt, now, before, beforeShiftMs, band: band?.steps ?? null });
  const excursion = largestExcursion(
    points.map((point) => ({ at: point.at, value: point.now, low: point.low, high: point.high })),
    stepMs / 1000,
  );
  const isLive = context.choice.kind === 'live';
  const isDay = isLive && range.to.getTime() - range.from.getTime() === DAY_MS;
  const summary = t('throughput.summary', {
    ...extent(points, unit),
    unit: t(`throughput.unit.${unit}`),
    from: momentText(range.from),
    to: momentText(questions.steps.rows.to),
  });
  const labels = {
    now: t(isLive ? (isDay ? 'throughput.today' : 'throughput.now') : 'throughput.span'),
    before: context.compare === 'none' ? '' : t(`throughput.before.${context.compare}`),
    band: band ? t('throughput.band', { days: band.days }) : '',
    unit: t(`throughput.unit.${unit}`),
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
    unit: t('throughput.mean', { unit: labels.unit, step: stepText(t, stepMs) }),
    rate: (perSecond: number | null) => rateText(perSecond, unit),
    empty: points.every((point) => !point.now),
    summary,
    labels,
    compared: before !== null,
    banded: band !== null,
    chart: {
      points,
      stepMs,
      unit,
      excursion,
      excursionLabel,
      dataAt: questions.asOf.getTime(),
      labels,
      flowsHref: withSearch('/flows', { currency: context.currency }),
      summary: `${summary} ${t('throughput.keys')}`,
    },
  };
}

function extent(points: readonly ThroughputPoint[], unit: RateUnit): { low: string; high: string; last: string } {
  const known = points.flatMap((point) => (point.now === null ? [] : [point.now]));
  const any = known.length > 0;
  const text = (rate: number | null | undefined) => rateText(rate, unit);
  return { low: text(any ? Math.min(...known) : null), high: text(any ? Math.max(...known) : null), last: text(known.at(-1)) };
}

function clock(at: number): string {
  return toBusinessText(new Date(at)).slice(11, 16);
}

function stepText(t: OverviewT, stepMs: number): string {
  const minutes = stepMs / MINUTE_MS;
  if (minutes < 60) return t('throughput.minutes', { count: minutes });
  return minutes < 1440 ? t('throughput.hours', { count: minutes / 60 }) : t('throughput.days', { count: minutes / 1440 });
}

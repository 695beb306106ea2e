import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';
import { NearestData } from '@/components/states/nearest-data';
import { nearestRanges } from '@/domain/flows/nearest-range';
import { spanText } from '@/domain/format/span';
import { withSearch } from '@/domain/links';
import { formatRange, type TimeRange } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import type { OverviewQuestions } from './overview-questions';

/** Nothing was paid in the span: why, and the nearest spans on either side that hold payments of the chosen currency. */
export async function SpanEmpty({ questions, context, why }: { questions: OverviewQuestions; context: PageContext; why: string }) {
  const [t, nearest] = await Promise.all([getTranslations('overview.empty'), questions.nearest()]);
  const { compare, currency } = context;
  const spans = nearestRanges(questions.hours.buckets, nearest);
  const to = (span: TimeRange | undefined) =>
    span && { href: withSearch('/overview', { range: formatRange(span), compare, currency }), text: spanText(span) };
  const anywhere = spans.earlier !== undefined || spans.later !== undefined;
  return (
    <Empty
      why={why}
      todo={t(anywhere ? 'elsewhere' : 'nowhere', { currency })}
      action={anywhere ? <NearestData earlier={to(spans.earlier)} later={to(spans.later)} /> : undefined}
    />
  );
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Empty } from '@/components/states/empty';
import { NearestData } from '@/components/states/nearest-data';
import { changedSearch } from '@/domain/flows/flow-search';
import { nearestRanges } from '@/domain/flows/nearest-range';
import { spanText } from '@/domain/format/span';
import { formatRange, type TimeRange } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { nearestData } from '@/server/queries/flows/nearest-data';
import type { Actor } from '@/server/session';
import type { FlowParams } from './flow-address';

/** Nothing was paid: why, and the ways out: without the filters where any is set, else to the nearest spans that hold payments. */
export async function FlowEmpty({
  actor,
  context,
  range,
  params,
}: {
  actor: Actor;
  context: PageContext;
  range: TimeRange;
  params: FlowParams;
}) {
  const { currency } = context;
  const [t, nearest] = await Promise.all([getTranslations('flows.empty'), nearestData(actor, { range, currency })]);
  const spans = nearestRanges(range, nearest);
  const to = (span: TimeRange | undefined) =>
    span && { href: `/flows?${changedSearch(params, { range: formatRange(span), sel: null })}`, text: spanText(span) };
  const filtered = params.type !== undefined || params.axes !== undefined;
  const anywhere = spans.earlier !== undefined || spans.later !== undefined;
  return (
    <section className="region flows-empty">
      <Empty
        why={t('why', { currency, span: spanText(range) })}
        todo={t(filtered ? 'filtered' : anywhere ? 'elsewhere' : 'nowhere')}
        action={
          <>
            {filtered ? (
              <Link className="btn" href={`/flows?${changedSearch(params, { type: null, axes: null, sel: null })}`}>
                {t('clear')}
              </Link>
            ) : null}
            <NearestData earlier={to(spans.earlier)} later={to(spans.later)} />
          </>
        }
      />
    </section>
  );
}

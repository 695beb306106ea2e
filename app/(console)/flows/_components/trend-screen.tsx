import { getTranslations } from 'next-intl/server';
import { flowFigures } from '@/domain/flows/flow-figures';
import type { FlowView } from '@/domain/flows/flow-view';
import { systemSuccess } from '@/domain/flows/trend';
import { spanText } from '@/domain/format/span';
import type { PageContext } from '@/server/page-context';
import type { Actor } from '@/server/session';
import { type FlowParams, linkBase } from './flow-address';
import { FlowEmpty } from './flow-empty';
import { trendPicture } from './trend-picture';
import { TrendView } from './trend-view';
import { stepWords } from './trend-words';

/** The platform over time, against earlier spans. */
export async function TrendScreen({
  actor,
  context,
  params,
  view,
}: {
  actor: Actor;
  context: PageContext;
  params: FlowParams;
  view: FlowView;
}) {
  const t = await getTranslations('flows');
  const split = view.split && actor.institutionId === null;
  const picture = await trendPicture(actor, context, { metric: view.trendMetric, types: view.types, split });
  const note = t('range.steps', { span: spanText(picture.rows), step: stepWords(t, picture.stepS) });
  const notes = actor.institutionId === null ? [note] : [note, t('trend.institutionNote')];
  if (picture.buckets.length === 0) return <FlowEmpty actor={actor} context={context} range={picture.range} params={params} />;
  const figures = flowFigures(context);
  const sum = picture.buckets.reduce(
    (a, b) => ({
      amount: a.amount + b.amount,
      succeeded: a.succeeded + b.succeeded,
      declined: a.declined + b.declined,
      failed: a.failed + b.failed,
      unknown: a.unknown + b.unknown,
    }),
    { amount: 0n, succeeded: 0n, declined: 0n, failed: 0n, unknown: 0n },
  );
  const total =
    view.trendMetric === 'amount'
      ? { value: sum.amount.toString(), text: figures.short(sum.amount), title: figures.exact(sum.amount) }
      : view.trendMetric === 'count'
        ? { value: sum.succeeded.toString(), text: figures.count(sum.succeeded), title: '' }
        : { value: String(systemSuccess(sum) ?? ''), text: figures.percent(systemSuccess(sum) ?? 0, 2), title: '' };
  return (
    <TrendView
      wire={picture.wire}
      total={total}
      currency={context.currency}
      compare={picture.wire.before ? context.compare : 'none'}
      links={linkBase(params, { range: picture.rows, currency: context.currency, view })}
      step={stepWords(t, picture.stepS)}
      notes={notes}
      canSplit={actor.institutionId === null}
    />
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { mostFirst } from '@/domain/money';
import type { PictureNode, TracePicture } from '@/domain/tracing/canvas/picture';
import { shownAmounts, type TraceView } from '@/domain/tracing/canvas/scene';
import { amountText, type TraceUnit } from './trace-amounts';
import type { Describe } from './trace-words';

type NodeEdgesProps = {
  readonly node: PictureNode;
  readonly picture: TracePicture;
  readonly describe: Describe;
  readonly view: TraceView;
  readonly unit: TraceUnit;
};
const LISTED = 8;

/** The bands in and out of a node, the widest first. */
export function NodeEdges({ node, picture, describe, view, unit }: NodeEdgesProps) {
  const t = useTranslations('trace.panel');
  const own = picture.edges
    .filter(({ from, to, amounts }) => (from === node.id || to === node.id) && shownAmounts(amounts, view).high > 0n)
    .sort((a, b) => mostFirst(shownAmounts(a.amounts, view).high, shownAmounts(b.amounts, view).high));
  if (own.length === 0) return null;
  return (
    <section>
      <h2>
        {t('edges')} <span className="unit">{unit.label}</span>
      </h2>
      <dl>
        {own.slice(0, LISTED).map((edge) => {
          const inward = edge.to === node.id;
          const other = describe(inward ? edge.from : edge.to);
          return [
            <dt key={`${edge.from} ${edge.to}`} className={inward ? 'in cut' : 'out cut'}>
              {inward ? '↘' : '↗'} {other.name} {/^[0-9A-Za-z]+$/.test(other.tail) ? `··${other.tail}` : ''}
            </dt>,
            <dd key={`${edge.from} ${edge.to} amount`}>{amountText(edge.amounts, view, unit)}</dd>,
          ];
        })}
      </dl>
      {own.length > LISTED ? <p className="meta">{t('edgesMore', { count: formatCount(own.length - LISTED) })}</p> : null}
    </section>
  );
}

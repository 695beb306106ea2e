'use client';

import { useTranslations } from 'next-intl';
import type { DepthScale } from '@/domain/flows/depth';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { METRICS, type Metric } from '@/domain/flows/flow-view';
import { SORTS, type Sort } from '@/domain/flows/line-order';
import type { Compare } from '@/domain/time-range';
import { Choice } from './choice';
import type { MatrixState } from './matrix-state';

const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const FALLS = [70, 56, 42, 30, 18];

/** How the matrix is made: metric, order, legend. Change is offered only where there is something to compare with. */
export function MatrixBar({
  metric,
  sort,
  scale,
  figures,
  compare,
  asTable,
  set,
}: Pick<MatrixState, 'metric' | 'sort' | 'asTable' | 'set'> & { scale: DepthScale; figures: FlowFigures; compare: Compare }) {
  const t = useTranslations('flows');
  const compared = compare !== 'none';
  return (
    <div className="sub flows-sub">
      <Choice
        label={t('metric.label')}
        value={metric}
        options={METRICS.filter((one) => compared || one !== 'change').map((one) => ({
          value: one,
          label: one === 'change' ? `Δ ${t('metric.change')}` : t(`metric.${one}`),
        }))}
        onChange={(next: Metric) => set({ metric: next })}
      />
      <Choice
        label={t('sort.label')}
        value={sort}
        options={SORTS.filter((one) => compared || one !== 'change').map((one) => ({ value: one, label: t(`sort.${one}`) }))}
        onChange={(next: Sort) => set({ sort: next })}
      />
      <span className="sp" />
      <Legend metric={metric} scale={scale} figures={figures} />
      <button type="button" className="btn quiet" aria-pressed={asTable} onClick={() => set({ asTable: !asTable })}>
        {t(asTable ? 'asPicture' : 'asTable')}
      </button>
    </div>
  );
}

function Legend({ metric, scale, figures }: { metric: Metric; scale: DepthScale; figures: FlowFigures }) {
  const t = useTranslations('flows.matrix');
  const none = (
    <>
      <span>{t('none')}</span>
      <b className="none" />
    </>
  );
  if (metric === 'change')
    return (
      <span className="legend" title={t('changeLegend')}>
        {none}
        <span>{t('fell')}</span>
        <i>
          {FALLS.map((share) => (
            <b key={share} style={{ background: `color-mix(in srgb, var(--text-2) ${share}%, var(--depth-1))` }} />
          ))}
          <b style={{ background: 'var(--depth-1)' }} />
          {[3, 5, 7, 8, 10].map((step) => (
            <b key={step} style={{ background: `var(--depth-${step})` }} />
          ))}
        </i>
        <span>{t('rose')}</span>
        <span className="only-wide">{t('changeLegend')}</span>
      </span>
    );
  const end = (value: bigint) => (metric === 'count' ? figures.count(value) : figures.short(value, 0));
  return (
    <span className="legend">
      {none}
      <span>{end(scale.from)}</span>
      <i>
        {DEPTHS.map((step) => (
          <b key={step} style={{ background: `var(--depth-${step})` }} />
        ))}
      </i>
      <span>{t('log', { to: end(scale.to) })}</span>
    </span>
  );
}

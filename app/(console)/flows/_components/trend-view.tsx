'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Trend } from '@/components/charts/trend';
import { formatLocale } from '@/components/figures/format-locale';
import { useSetAddress } from '@/components/shell/use-address';
import { changeOf } from '@/domain/flows/change';
import { flowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, paymentsLink } from '@/domain/flows/flow-links';
import { TREND_METRICS } from '@/domain/flows/flow-view';
import { heightOf, type TrendWire, type WireValue } from '@/domain/flows/trend-wire';
import { type Compare, formatRange, toBusinessText } from '@/domain/time-range';
import { Change } from './change';
import { Choice } from './choice';

export type TrendViewProps = {
  readonly wire: TrendWire;
  /** What the line adds up to, exactly and in words. */
  readonly total: { readonly value: string; readonly text: string; readonly title: string };
  readonly currency: string;
  readonly compare: Compare;
  readonly links: FlowLinkBase;
  readonly step: string;
  readonly notes: readonly string[];
  readonly canSplit: boolean;
};

/** The trend with its bar and table. The server sends what is drawn, so metric and route are steps in the address. */
export function TrendView({ wire, total, currency, compare, links, step, notes, canSplit }: TrendViewProps) {
  const t = useTranslations('flows');
  const locale = formatLocale(useLocale());
  const set = useSetAddress();
  const search = useSearchParams();
  const figures = useMemo(() => flowFigures({ locale, currency }), [locale, currency]);
  const { metric } = wire;
  const asTable = search.get('as') === 'table';
  const points = useMemo(
    () =>
      wire.now.map((value, i) => ({
        at: wire.from + i * wire.stepMs,
        now: heightOf(value),
        second: heightOf(wire.second?.[i]),
        before: heightOf(wire.before?.[i]),
        band: edgesOf(wire, i),
      })),
    [wire],
  );
  const unit = useMemo(
    () => figures.unitOf(metric === 'amount' ? wire.now.map((value) => BigInt(value ?? 0)) : []),
    [figures, metric, wire],
  );
  const shown = (value: WireValue | undefined): string => {
    if (value === null || value === undefined) return '—';
    if (metric === 'amount') return figures.exact(BigInt(value));
    return metric === 'count' ? figures.count(BigInt(value)) : figures.percent(Number(value), 2);
  };
  const changeAt = (i: number) => {
    const [now, before] = [wire.now[i], wire.before?.[i]];
    if (typeof now !== 'string' || typeof before !== 'string') return null;
    return changeOf(BigInt(now), BigInt(before));
  };
  const spanOf = (first: number, last: number) =>
    formatRange({ from: new Date(wire.from + first * wire.stepMs), to: new Date(wire.from + (last + 1) * wire.stepMs) });
  const label = `${t('trend.label')}. ${t('trend.brush')}`;
  const clock = (i: number) => toBusinessText(new Date(wire.from + i * wire.stepMs)).slice(0, 16);
  return (
    <>
      <div className="sub flows-sub">
        <Choice
          label={t('metric.label')}
          value={metric}
          options={TREND_METRICS.map((one) => ({ value: one, label: t(`metric.${one}`) }))}
          onChange={(next) => set({ metric: next === 'amount' ? null : next })}
        />
        {canSplit && (
          <Choice
            label={t('trend.split')}
            value={wire.second ? 'route' : 'together'}
            options={[
              { value: 'together', label: t('trend.splitOff') },
              { value: 'route', label: t('trend.splitOn') },
            ]}
            onChange={(next) => set({ split: next === 'route' ? 'route' : null })}
          />
        )}
        <span className="sp" />
        <button type="button" className="btn quiet" aria-pressed={asTable} onClick={() => set({ as: asTable ? null : 'table' })}>
          {t(asTable ? 'asPicture' : 'asTable')}
        </button>
      </div>
      <figure className="region flows-wide">
        <figcaption className="cap">
          <h2>{t('trend.label')}</h2>
          <span className="meta">{t(`trend.caption.${metric}`, { unit: figures.labelOf(unit), step })}</span>
          <Keys wire={wire} compare={compare} />
          <span className="push">
            <span className="t3">{t(metric === 'success' ? 'trend.overall' : 'trend.total')}</span>{' '}
            <Link
              className="fig strong"
              prefetch={false}
              title={total.title}
              data-testid="trend-total"
              data-value={total.value}
              href={paymentsLink(links, { succeededOnly: metric !== 'success' })}
            >
              {total.text}
            </Link>
          </span>
        </figcaption>
        {asTable ? (
          <div className="fill">
            <section className="flows-scroll" aria-label={t('trend.label')} tabIndex={0}>
              <table className="tbl">
                <thead>
                  <tr>
                    <th>{t('trend.time')}</th>
                    <th className="num">{t(wire.second ? 'trend.cleared' : 'trend.now')}</th>
                    {wire.second && <th className="num">{t('trend.direct')}</th>}
                    {wire.before && compare !== 'none' && <th className="num">{t(`trend.before.${compare}`)}</th>}
                    {wire.before && <th className="num">{t('trend.change')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {wire.now.map((value, i) => (
                    <tr key={points[i]?.at}>
                      <td>{clock(i)}</td>
                      <td className="num">
                        {wire.second || value === null ? (
                          shown(value)
                        ) : (
                          <Link
                            className="fig"
                            prefetch={false}
                            href={paymentsLink({ ...links, range: spanOf(i, i) }, { succeededOnly: metric !== 'success' })}
                          >
                            {shown(value)}
                          </Link>
                        )}
                      </td>
                      {wire.second && <td className="num">{shown(wire.second[i])}</td>}
                      {wire.before && compare !== 'none' && <td className="num t2">{shown(wire.before[i])}</td>}
                      {wire.before && (
                        <td className="num">
                          <Change of={changeAt(i)} />
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </div>
        ) : (
          <Trend
            points={points}
            stepMs={wire.stepMs}
            scale={metric === 'success' ? 'share' : 'zero'}
            tickText={(value) =>
              metric === 'amount'
                ? figures.tick(BigInt(Math.round(value)), unit)
                : metric === 'count'
                  ? figures.count(BigInt(Math.round(value)))
                  : figures.percent(value, points.reduce((a, point) => Math.min(a, point.now ?? 1), 1) > 0.98 ? 2 : 0)
            }
            tipOf={(i) => (
              <>
                <p className="h">
                  {clock(i)}–{clock(i + 1).slice(11)}
                </p>
                <p>
                  <span>{t(wire.second ? 'trend.cleared' : 'trend.now')}</span>
                  <span>{shown(wire.now[i])}</span>
                </p>
                {wire.second && (
                  <p>
                    <span>{t('trend.direct')}</span>
                    <span>{shown(wire.second[i])}</span>
                  </p>
                )}
                {wire.before && compare !== 'none' && (
                  <p>
                    <span>{t(`trend.before.${compare}`)}</span>
                    <span>{shown(wire.before[i])}</span>
                  </p>
                )}
                {wire.low && wire.low[i] !== null && (
                  <p>
                    <span>{t('trend.bandShort')}</span>
                    <span>
                      {shown(wire.low[i])}–{shown(wire.high?.[i])}
                    </span>
                  </p>
                )}
              </>
            )}
            spokenOf={(i) => shown(wire.now[i])}
            label={label}
            onZoom={(first, last) => set({ range: spanOf(first, last) })}
          />
        )}
        <div className="foot">
          <span className="cut">{notes.join(' · ')}</span>
          <span className="push only-wide">{t('trend.brushShort')}</span>
        </div>
      </figure>
    </>
  );
}

function Keys({ wire, compare }: { wire: TrendWire; compare: Compare }) {
  const t = useTranslations('flows.trend');
  return (
    <>
      <span className="key">
        <i style={{ borderColor: 'var(--chart-line)' }} />
        {t(wire.second ? 'cleared' : 'now')}
      </span>
      {wire.second && (
        <span className="key">
          <i style={{ borderColor: 'var(--cat-3)', borderTopStyle: 'dashed' }} />
          {t('direct')}
        </span>
      )}
      {wire.before && compare !== 'none' && (
        <span className="key">
          <i style={{ borderColor: 'var(--chart-compare)', borderTopWidth: 1 }} />
          {t(`before.${compare}`)}
        </span>
      )}
      {wire.low && (compare === 'weekday' || compare === 'previous') && (
        <span className="key only-wide">
          <i className="band" />
          {t(`band.${compare}`, { count: wire.bandSpans })}
        </span>
      )}
    </>
  );
}

function edgesOf(wire: TrendWire, i: number): readonly [number, number] | null {
  const [low, high] = [heightOf(wire.low?.[i]), heightOf(wire.high?.[i])];
  return low === null || high === null ? null : [low, high];
}

'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { Trend } from '@/components/charts/trend';
import { formatLocale } from '@/components/figures/format-locale';
import { useSetAddress } from '@/components/shell/use-address';
import { flowFigures } from '@/domain/flows/flow-figures';
import { heightOf, type TrendWire, type WireValue } from '@/domain/flows/trend-wire';
import { type Compare, formatRange, toBusinessText } from '@/domain/time-range';

/** The pair's line; a brushed span becomes the page's range. */
export function PairTrendView({ wire, currency, compare, step }: { wire: TrendWire; currency: string; compare: Compare; step: string }) {
  const t = useTranslations('flows');
  const locale = formatLocale(useLocale());
  const set = useSetAddress();
  const figures = useMemo(() => flowFigures({ locale, currency }), [locale, currency]);
  const unit = useMemo(() => figures.unitOf(wire.now.map((value) => BigInt(value ?? 0))), [figures, wire]);
  const points = useMemo(
    () =>
      wire.now.map((value, i) => ({
        at: wire.from + i * wire.stepMs,
        now: heightOf(value),
        second: null,
        before: heightOf(wire.before?.[i]),
        band: null,
      })),
    [wire],
  );
  const clock = (i: number) => toBusinessText(new Date(wire.from + i * wire.stepMs)).slice(0, 16);
  const shown = (value: WireValue | undefined) => (typeof value === 'string' ? figures.exact(BigInt(value)) : '—');
  return (
    <ChartFrame
      className="pair-trend"
      title={t('pair.trend')}
      unit={t('trend.caption.amount', { unit: figures.labelOf(unit), step })}
      legend={
        <>
          <span className="key">
            <i style={{ borderColor: 'var(--chart-line)' }} />
            {t('trend.now')}
          </span>
          {wire.before && compare !== 'none' && (
            <span className="key">
              <i style={{ borderColor: 'var(--chart-compare)', borderTopWidth: 1 }} />
              {t(`trend.before.${compare}`)}
            </span>
          )}
        </>
      }
      summary={t('trend.brush')}
      table={
        <ChartTable
          head={[t('trend.time'), t('trend.now'), ...(wire.before && compare !== 'none' ? [t(`trend.before.${compare}`)] : [])]}
          rows={wire.now.map((value, i) => [clock(i), shown(value), ...(wire.before && compare !== 'none' ? [shown(wire.before[i])] : [])])}
        />
      }
    >
      <Trend
        points={points}
        stepMs={wire.stepMs}
        scale="zero"
        tickText={(value) => figures.tick(BigInt(Math.round(value)), unit)}
        tipOf={(i) => (
          <>
            <p className="h">
              {clock(i)}–{clock(i + 1).slice(11)}
            </p>
            <p>
              <span>{t('trend.now')}</span>
              <span>{shown(wire.now[i])}</span>
            </p>
            {wire.before && compare !== 'none' && (
              <p>
                <span>{t(`trend.before.${compare}`)}</span>
                <span>{shown(wire.before[i])}</span>
              </p>
            )}
          </>
        )}
        spokenOf={(i) => shown(wire.now[i])}
        label={`${t('pair.trend')}. ${t('trend.brush')}`}
        onZoom={(first, last) =>
          set({
            range: formatRange({ from: new Date(wire.from + first * wire.stepMs), to: new Date(wire.from + (last + 1) * wire.stepMs) }),
          })
        }
      />
    </ChartFrame>
  );
}

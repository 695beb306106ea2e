'use client';

import { type AlertWords, figureText } from '@/components/alerts/alert-words';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { useElementSize } from '@/components/charts/element-size';
import { timeTicks, timeTickText } from '@/components/charts/time-axis';
import type { AlertView } from '@/domain/alerts/alert-view';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { formatPercent } from '@/domain/format/percent';
import { toBusinessText } from '@/domain/time-range';
import { type NoisePicture, noisePicture } from './noise-picture';

const LEFT = 52;
const RIGHT = 16;
const TOP = 10;
const BOTTOM = 24;

/** Why it is not noise: what is seen beside what is usual, as points over time with the usual as a band. */
export function DetailNoise({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t } = words;
  const texts = axisTexts(view, words);
  const picture = noisePicture(view);
  if (!picture || !texts)
    return (
      <section className="region">
        <div className="cap">
          <h2>{t('detail.noise')}</h2>
        </div>
        <p className="al-none t2">{noneText(view, words)}</p>
      </section>
    );
  const table = (
    <ChartTable
      head={[t('detail.time'), texts.unit, t('detail.kind')]}
      rows={[
        ...picture.seen.map((point) => ({ ...point, of: t('detail.ofAlert') })),
        ...picture.usual.map((point) => ({ ...point, of: texts.usual })),
      ].map(({ at, value, of }, i) => [`${toBusinessText(new Date(at))}${' '.repeat(i % 2)}`, texts.exact(value), of])}
    />
  );
  return (
    <ChartFrame
      title={t('detail.noise')}
      unit={`${texts.what} · ${texts.unit}${picture.isLog ? ` · ${t('detail.log')}` : ''}`}
      summary={t('detail.noiseSummary', {
        days: 30,
        own: picture.usual.length,
        low: texts.exact(picture.low),
        high: texts.exact(picture.high),
        count: picture.seen.length,
        least: texts.exact(Math.min(...picture.seen.map(({ value }) => value))),
        most: texts.exact(Math.max(...picture.seen.map(({ value }) => value))),
      })}
      table={table}
    >
      <p className="al-share t2">{shareText(view, words, picture)}</p>
      <Plot picture={picture} texts={texts} bandText={picture.hasBand ? texts.band(picture.low, picture.high) : null} />
    </ChartFrame>
  );
}

type Texts = {
  readonly what: string;
  readonly unit: string;
  readonly usual: string;
  readonly tick: (value: number) => string;
  readonly exact: (value: number) => string;
  readonly band: (low: number, high: number) => string;
};

function axisTexts(view: AlertView, words: AlertWords): Texts | null {
  const { alerts: t, locale } = words;
  const { detail, own } = view;
  if (detail.kind === 'statistic') {
    const text = (value: number) => figureText(words, detail.unit, value);
    return {
      what: words.detection(`statistics.${detail.figure}`),
      unit: t(`detail.compared.${detail.against}`),
      usual: t(`detail.compared.${detail.against}`),
      tick: text,
      exact: text,
      band: (low, high) => t('detail.usualBand', { low: text(low), high: text(high) }),
    };
  }
  if (!own) return null;
  const minors = [...own.points, ...view.payments].map(({ amountMinor }) => BigInt(amountMinor));
  const unit = amountUnit(minors, own.currency, locale);
  const short = (minor: number) =>
    formatAmount(BigInt(Math.round(minor)), unit, locale, unit.exponent === 0 ? 0 : minor === 0 ? 0 : undefined).replace(/\.0+$/, '');
  return {
    what: t(own.role === 'payer' ? 'detail.noisePaid' : 'detail.noiseReceived', { days: 30 }),
    unit: amountUnitLabel(unit, locale),
    usual: t('detail.ofAccount'),
    tick: short,
    exact: (minor) => exactAmount(BigInt(Math.round(minor)), own.currency, locale),
    band: (low, high) => t('detail.noiseBand', { low: short(low), high: short(high) }),
  };
}

// A picture of few points proves nothing by itself: how rare the size is among all arrivals stands above it.
function shareText(view: AlertView, words: AlertWords, picture: NoisePicture): string {
  const { alerts: t } = words;
  const share =
    view.detail.kind === 'typology'
      ? t('detail.noiseShare', { share: formatPercent(Math.round((view.detail.findings[0]?.share ?? 0) * 1e6), 2) })
      : '';
  return picture.hasBand
    ? share
    : [share, t('detail.noiseFew', { count: picture.usual.length })].filter(Boolean).join(t('detail.noiseJoin'));
}

function noneText({ detail, own }: AlertView, { alerts: t }: AlertWords): string {
  const share =
    detail.kind === 'typology'
      ? t('detail.noiseShare', { share: formatPercent(Math.round((detail.findings[0]?.share ?? 0) * 1e6), 2) })
      : '';
  return own ? t('detail.noiseNone', { days: 30, share }) : share || t('detail.noPayments');
}

function Plot({ picture, texts, bandText }: { readonly picture: NoisePicture; readonly texts: Texts; readonly bandText: string | null }) {
  const [ref, { width, height }] = useElementSize<HTMLDivElement>();
  const { from, to, floor, ceiling, isLog } = picture;
  const scale = (value: number) => (isLog ? Math.log10(Math.max(value, 1)) : value);
  const x = (at: number) => LEFT + ((at - from) / Math.max(1, to - from)) * (width - LEFT - RIGHT);
  const y = (value: number) =>
    TOP + (1 - (scale(value) - scale(floor)) / Math.max(1e-9, scale(ceiling) - scale(floor))) * (height - TOP - BOTTOM);
  return (
    <div ref={ref} className="fill al-plot">
      {width > 0 && height > 60 ? (
        <svg width={width} height={height} aria-hidden="true">
          {bandText === null ? null : (
            <rect
              x={LEFT}
              y={y(picture.high)}
              width={width - LEFT - RIGHT}
              height={Math.max(2, y(picture.low) - y(picture.high))}
              fill="var(--chart-band)"
            />
          )}
          {picture.ticks.map((value) => (
            <g key={value}>
              <path d={`M${LEFT} ${y(value)}H${width - RIGHT}`} stroke={value === floor ? 'var(--line-strong)' : 'var(--chart-grid)'} />
              <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
                {texts.tick(value)}
              </text>
            </g>
          ))}
          {picture.threshold === null ? null : (
            <path d={`M${LEFT} ${y(picture.threshold)}H${width - RIGHT}`} stroke="var(--severity-major-text)" strokeDasharray="3 2" />
          )}
          {timeTicks(from, to, Math.max(2, Math.floor(width / 110))).map((at) => (
            <text key={at} x={x(at)} y={height - 6} textAnchor="middle">
              {timeTickText(at, to - from)}
            </text>
          ))}
          {picture.usual.map((point) => (
            <circle key={point.id} cx={x(point.at)} cy={y(point.value)} r={2} fill="var(--chart-compare)" opacity={0.8} />
          ))}
          {picture.line ? (
            <path
              d={picture.seen.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.at)} ${y(point.value)}`).join('')}
              fill="none"
              stroke="var(--chart-line)"
              strokeWidth={1.5}
            />
          ) : null}
          {picture.seen.map((point) => (
            <circle
              key={point.id}
              cx={x(point.at)}
              cy={y(point.value)}
              r={picture.line ? 2 : 3.4}
              fill="var(--chart-line)"
              stroke="var(--surface-sheet)"
              strokeWidth={1}
            />
          ))}
          {bandText === null ? null : (
            <text x={LEFT + 6} y={Math.max(TOP + 12, y(picture.high) - 5)}>
              {bandText}
            </text>
          )}
        </svg>
      ) : null}
    </div>
  );
}

import { getTranslations } from 'next-intl/server';
import { Butterfly } from '@/components/charts/butterfly';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { momentText } from '@/domain/format/moment';
import { transactionsLink } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import type { TrendRow } from '@/server/queries/institutions/institution-trend';
import { bucketText } from './bucket-text';
import type { Shared } from './shared';

/** What it paid out and took in, bucket by bucket on one scale; a bar opens its rows. */
export async function ButterflyRegion({ identity, context, window, axis, trend }: Shared & { trend: readonly TrendRow[] }) {
  const t = await getTranslations('institutions');
  const { currency, locale } = context;
  const { from, to } = window.buckets;
  const count = Math.round((to.getTime() - from.getTime()) / axis.bucketMs);
  const amountOf = (role: 'payer' | 'payee') =>
    new Map(trend.filter((row) => row.role === role).map((row) => [row.position, row.amountMinor]));
  const [out, taken] = [amountOf('payer'), amountOf('payee')];
  const largest = [...out.values(), ...taken.values()].reduce((most, minor) => (minor > most ? minor : most), 0n);
  const unit = amountUnit(largest, currency, locale);
  const money = (minor: bigint) => formatAmount(minor, unit, locale);
  const share = (minor: bigint) => (ratioPpm(minor, largest) ?? 0) / 1_000_000;
  const buckets = Array.from({ length: count }, (_, position) => ({
    at: from.getTime() + position * axis.bucketMs,
    out: out.get(position) ?? 0n,
    in: taken.get(position) ?? 0n,
  }));
  const sum = (side: 'out' | 'in') => buckets.reduce((total, bucket) => total + bucket[side], 0n);
  const [outTotal, inTotal] = [sum('out'), sum('in')];
  const net = inTotal - outTotal;
  const summary = t('page.butterflySummary', {
    out: exactAmount(outTotal, currency, locale),
    in: exactAmount(inTotal, currency, locale),
    net: exactAmount(net, currency, locale),
    from: momentText(window.rows.from),
    to: momentText(window.rows.to),
  });
  const label = amountUnitLabel(unit, locale);
  return (
    <ChartFrame
      className="ip-butterfly r-t"
      title={t('page.butterfly')}
      unit={t('page.butterflyCaption', { unit: label, bucket: bucketText(t, axis.bucketMs) })}
      legend={
        <>
          <a className="in fig" href={transactionsLink({ range: window.rows, payee: [identity.code], currency, status: ['succeeded'] })}>
            ↘ {t('page.in')} {money(inTotal)}
          </a>
          <a className="out fig" href={transactionsLink({ range: window.rows, payer: [identity.code], currency, status: ['succeeded'] })}>
            ↗ {t('page.out')} {money(outTotal)}
          </a>
          <span className="t2" title={exactAmount(net, currency, locale)}>
            {t('page.net')} {net > 0n ? '+' : ''}
            {money(net)}
          </span>
        </>
      }
      summary={summary}
      table={
        <ChartTable
          head={[t('page.table.from'), `${t('page.out')} (${label})`, `${t('page.in')} (${label})`]}
          rows={buckets.map((bucket) => [momentText(new Date(bucket.at)), money(bucket.out), money(bucket.in)])}
        />
      }
    >
      <Butterfly
        bars={buckets.map((bucket) => ({
          at: bucket.at,
          out: share(bucket.out),
          in: share(bucket.in),
          title: t('page.butterflyBar', {
            from: momentText(new Date(bucket.at)),
            out: exactAmount(bucket.out, currency, locale),
            in: exactAmount(bucket.in, currency, locale),
          }),
        }))}
        bucketMs={axis.bucketMs}
        ceiling={money(largest)}
        rowsHref={transactionsLink({ institution: identity.code, currency, status: ['succeeded'] })}
        rowsEnd={window.rows.to.getTime()}
        summary={summary}
      />
    </ChartFrame>
  );
}

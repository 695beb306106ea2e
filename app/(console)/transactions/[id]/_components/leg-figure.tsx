import { useTranslations } from 'next-intl';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LegTimeline, type TimelineHop } from '@/components/charts/leg-timeline';
import { formatCount } from '@/domain/format/count';
import { breakSeverity } from '@/domain/tracing/payment-chain-breaks';
import type { Hop } from '@/domain/tracing/payment-chain-hops';
import { type Payment, shortName } from '../payment';
import { breakWords } from './break-words';

/** The legs on a timeline, as a picture and as a table of hops. */
export function LegFigure({ found, locale }: { readonly found: Payment; readonly locale: string }) {
  const t = useTranslations('transactions');
  const { transaction, chain, institutions, legsCut } = found;
  const zero = transaction.acceptedAt.getTime();
  const since = (ms: number) => Math.round((ms - zero) * 1000) / 1000;
  const end = transaction.respondedAt ? since(transaction.respondedAt.getTime()) : null;
  const lanes = chain.parties.map(({ party, institutionId, record }) => ({
    id: party,
    name: institutionId === null ? t(`party.${party}`) : shortName(institutions.get(institutionId), locale),
    role: institutionId === null ? '' : t(`party.${party}`),
    note: record === 'recorded' ? null : t(`detail.absent.${record}`),
  }));
  const hops = chain.hops.flatMap((hop): TimelineHop[] =>
    hop.leftMs === null || hop.arrivedMs === null
      ? []
      : [{ from: hop.from, to: hop.to, left: since(hop.leftMs), arrived: since(hop.arrivedMs), certain: hop.assertedBy === 'both' }],
  );
  const breaks = chain.breaks.map((one) => ({
    lane: one.party,
    severity: breakSeverity(one),
    text: breakWords(one, transaction.currency, t),
  }));
  const unit = end === null ? t('detail.legsNoEnd') : t('detail.legsMeta', { ms: formatCount(Math.round(end)) });
  return (
    <ChartFrame
      className="tx-legs"
      title={t('detail.legs')}
      unit={legsCut ? `${unit} · ${t('detail.legsCut', { count: found.legs.length })}` : unit}
      summary={[unit, ...breaks.map(({ text }) => text)].join('. ')}
      table={<HopTable hops={chain.hops} since={since} />}
    >
      {chain.segments.length === 0 ? <p className="tx-nolegs t2">{t('detail.noLegs')}</p> : null}
      <LegTimeline
        lanes={lanes}
        bars={chain.segments.map(({ party, fromMs, toMs, ownRecord }) => ({
          lane: party,
          from: since(fromMs),
          to: since(toMs),
          own: ownRecord,
        }))}
        hops={hops}
        breaks={breaks}
        end={end}
      />
    </ChartFrame>
  );
}

function HopTable({ hops, since }: { readonly hops: readonly Hop[]; readonly since: (ms: number) => number }) {
  const t = useTranslations('transactions');
  const ms = (at: number | null) => (at === null ? '—' : formatCount(Math.round(since(at))));
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t('detail.hops.from')}</th>
          <th>{t('detail.hops.to')}</th>
          <th className="num">{t('detail.hops.left')}</th>
          <th className="num">{t('detail.hops.arrived')}</th>
          <th className="num">{t('detail.hops.transit')}</th>
          <th>{t('detail.hops.asserted')}</th>
        </tr>
      </thead>
      <tbody>
        {hops.map((hop) => (
          <tr key={`${hop.from} ${hop.to} ${hop.leftMs}`}>
            <td>{t(`party.${hop.from}`)}</td>
            <td>{t(`party.${hop.to}`)}</td>
            <td className="num">{ms(hop.leftMs)}</td>
            <td className="num">{ms(hop.arrivedMs)}</td>
            <td className="num">
              {hop.leftMs === null || hop.arrivedMs === null ? '—' : formatCount(Math.round(hop.arrivedMs - hop.leftMs))}
            </td>
            <td>{t(`detail.hops.${hop.assertedBy}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

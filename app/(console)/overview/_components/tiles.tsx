import { getTranslations } from 'next-intl/server';
import { Sparkline } from '@/components/charts/sparkline';
import { Delta } from '@/components/glyphs/delta';
import { histogramCount } from '@/domain/clearing/latency-histogram';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { dayText } from '@/domain/format/moment';
import { percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { magnitude, ratioPpm } from '@/domain/money';
import { countByState, isOnline } from '@/domain/overview/institution-state';
import { hourly, percentileMs, sumOutcomes, systemSuccessPpm } from '@/domain/overview/platform-figures';
import { HOUR_MS } from '@/domain/overview/rollup-window';
import { toBusinessText } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { LiveThroughput } from './live-throughput';
import type { OverviewQuestions } from './overview-questions';
import { Tile } from './tile';

/** On a wall the figures fill their tiles: `shapeless` leaves the sparklines out. */
type Props = { questions: OverviewQuestions; context: PageContext; shapeless?: boolean };

/** Payments a second now: the live pulse, or the mean of the last five whole minutes, whose rows it opens. */
export async function ThroughputTile({ questions, context, shapeless }: Props) {
  const [t, last, now, before] = await Promise.all([getTranslations('overview'), questions.lastMinutes, questions.now, questions.before]);
  const seconds = (last.range.to.getTime() - last.range.from.getTime()) / 1000;
  const clock = (at: Date) => toBusinessText(at).slice(11, 16);
  const change = last.before === null ? null : ratioPpm(BigInt(last.payments - last.before), BigInt(last.before));
  return (
    <Tile
      shapeless={shapeless}
      name="throughput"
      value={last.payments}
      label={t('tiles.throughput')}
      figure={<LiveThroughput mean={last.payments / seconds} live={context.choice.kind === 'live'} />}
      unit={t('tiles.throughputUnit')}
      exact={t('tiles.throughputExact', { count: last.payments, from: clock(last.range.from), to: clock(last.range.to) })}
      href={transactionsLink({ range: last.range })}
      shape={
        <Sparkline
          values={halfHours(now, questions)}
          compared={before ? halfHours(before, questions, questions.beforeShiftMs) : undefined}
        />
      }
    >
      {change === null ? <span className="meta">{t('tiles.noWeek')}</span> : <PercentChange ppm={change} label={t('tiles.vsWeek')} />}
    </Tile>
  );
}

export async function AmountTile({ questions, context, shapeless }: Props) {
  const [t, today, hours] = await Promise.all([getTranslations('overview'), questions.today, questions.outcomes]);
  const { currency, locale } = context;
  const unit = amountUnit(today.today, currency, locale);
  const change = today.before === 0n ? null : ratioPpm(today.whole - today.before, today.before);
  return (
    <Tile
      shapeless={shapeless}
      name="amount"
      value={today.today}
      label={context.choice.kind === 'live' ? t('tiles.amount') : t('tiles.amountOn', { day: dayText(today.range.from) })}
      figure={formatAmount(today.today, unit, locale)}
      unit={amountUnitLabel(unit, locale)}
      exact={t('tiles.amountExact', {
        amount: exactAmount(today.today, currency, locale),
        from: toBusinessText(today.range.from),
      })}
      href={transactionsLink({ range: today.range, currency, status: ['succeeded'] })}
      shape={<Sparkline values={known(hourly(hours, hourSpan(questions), (hour) => magnitude(hour.amountMinor)))} />}
    >
      {change === null ? <span className="meta">{t('tiles.noWeek')}</span> : <PercentChange ppm={change} label={t('tiles.vsWeek')} />}
    </Tile>
  );
}

export async function SuccessTile({ questions, shapeless }: Props) {
  const [t, hours, before] = await Promise.all([getTranslations('overview'), questions.outcomes, questions.outcomesBefore]);
  const counts = sumOutcomes(hours);
  const now = systemSuccessPpm(counts);
  const then = systemSuccessPpm(sumOutcomes(before));
  const unknown = ratioPpm(counts.unknown, counts.all);
  return (
    <Tile
      shapeless={shapeless}
      name="success"
      value={counts.failed}
      label={t('tiles.success')}
      figure={now === null ? '—' : percentDigits(now, 2)}
      unit={now === null ? undefined : '%'}
      exact={t('tiles.successExact', { failed: formatCount(counts.failed), all: formatCount(counts.all) })}
      href={transactionsLink({ range: questions.hours.rows, status: ['failed'] })}
      shape={<Sparkline values={known(hourly(hours, hourSpan(questions), (hour) => systemSuccessPpm(hour)))} />}
    >
      {now === null ? <span className="meta">{t('tiles.noPayments')}</span> : null}
      {now !== null && then !== null ? <Delta value={(now - then) / 10_000} unit={t('tiles.pp')} decimals={2} /> : null}
      {unknown === null ? null : <span className="meta">{t('tiles.unknown', { percent: `${percentDigits(unknown, 2)}%` })}</span>}
    </Tile>
  );
}

export async function LatencyTile({ questions, shapeless }: Props) {
  const [t, hours, before] = await Promise.all([getTranslations('overview'), questions.latency, questions.latencyBefore]);
  const now = percentileMs(hours, 0.99);
  const then = percentileMs(before, 0.99);
  const answered = hours.reduce((sum, hour) => sum + histogramCount(hour.histogram), 0);
  const span = { from: questions.latencyRows.from, hours: Math.min(24, hourSpan(questions).hours) };
  return (
    <Tile
      shapeless={shapeless}
      name="latency"
      value={now}
      label={t('tiles.latency')}
      figure={now === null ? '—' : formatCount(Math.round(now))}
      unit={now === null ? undefined : t('tiles.ms')}
      exact={t('tiles.latencyExact', { count: formatCount(answered) })}
      href={withSearch('/institutions', { sort: 'p99' })}
      shape={<Sparkline values={known(hourly(hours, span, (hour) => percentileMs([hour], 0.99)))} />}
    >
      {now !== null && then !== null ? (
        <>
          <Delta value={Math.round(now) - Math.round(then)} unit={t('tiles.ms')} decimals={0} />
          <span className="meta">{t('tiles.vsWeek')}</span>
        </>
      ) : (
        <span className="meta">{t(now === null ? 'tiles.noPayments' : 'tiles.noWeek')}</span>
      )}
    </Tile>
  );
}

export async function OnlineTile({ questions, shapeless }: Props) {
  const [t, states] = await Promise.all([getTranslations('overview'), questions.states]);
  const counts = countByState(states.map((one) => one.state));
  const abnormal = (['down', 'silent', 'degraded', 'planned', 'unknown'] as const).filter((state) => counts[state] > 0);
  return (
    <Tile
      shapeless={shapeless}
      name="online"
      value={states.length}
      label={t('tiles.online')}
      figure={states.filter((one) => isOnline(one.state)).length}
      unit={`/ ${states.length}`}
      exact={t('tiles.onlineExact')}
      href={withSearch('/institutions', {})}
    >
      <span className="meta">
        {abnormal.length === 0
          ? t('tiles.allOnline')
          : abnormal
              .slice(0, 3)
              .map((state) => t('tiles.stateCount', { state: t(`states.${state}`), count: counts[state] }))
              .join(' · ')}
      </span>
    </Tile>
  );
}

export async function QuarantineTile({ questions, shapeless }: Props) {
  const [t, lines] = await Promise.all([getTranslations('overview'), questions.quarantine]);
  return (
    <Tile
      shapeless={shapeless}
      name="quarantine"
      value={lines.open}
      label={t('tiles.quarantine')}
      figure={formatCount(lines.open)}
      unit={t('tiles.quarantineUnit')}
      exact={t('tiles.quarantineExact')}
      href={withSearch('/quarantine', {})}
      shape={<Sparkline values={lines.arrivals} />}
    >
      <Delta value={lines.open - lines.openBefore} unit="" decimals={0} />
      <span className="meta">{t('tiles.vsWeek')}</span>
    </Tile>
  );
}

function PercentChange({ ppm, label }: { ppm: number; label: string }) {
  return (
    <>
      <Delta value={ppm / 10_000} unit="%" decimals={1} />
      <span className="meta">{label}</span>
    </>
  );
}

function hourSpan({ hours }: OverviewQuestions): { from: Date; hours: number } {
  const { from, to } = hours.buckets;
  return { from, hours: Math.min(24 * 92, Math.round((to.getTime() - from.getTime()) / HOUR_MS)) };
}

/** The chart's steps gathered to 48 points: all that a tile can show. */
function halfHours(steps: readonly { at: Date; payments: number }[], { steps: window, asOf }: OverviewQuestions, shiftMs = 0): number[] {
  const from = window.buckets.from.getTime() - shiftMs;
  const width = Math.max(60_000, (window.buckets.to.getTime() - window.buckets.from.getTime()) / 48);
  const sums = Array.from({ length: 48 }, () => 0);
  for (const step of steps) {
    const place = Math.floor((step.at.getTime() - from) / width);
    sums[place] = (sums[place] ?? 0) + step.payments;
  }
  // The part that the data has not reached whole is no fall.
  return sums.slice(0, 48).filter((_, i) => shiftMs !== 0 || from + (i + 1) * width <= asOf.getTime());
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

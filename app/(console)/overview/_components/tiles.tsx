import { getTranslations } from 'next-intl/server';
import { Sparkline } from '@/components/charts/sparkline';
import { Delta } from '@/components/glyphs/delta';
import { histogramCount } from '@/domain/clearing/latency-histogram';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { spanText } from '@/domain/format/span';
import { transactionsLink, withSearch } from '@/domain/links';
import { magnitude, ratioPpm } from '@/domain/money';
import { countByState, isOnline } from '@/domain/overview/institution-state';
import { hourly, percentileMs, sumOutcomes, systemSuccessPpm } from '@/domain/overview/platform-figures';
import { rateText } from '@/domain/overview/rate-unit';
import { HOUR_MS } from '@/domain/overview/rollup-window';
import type { PageContext } from '@/server/page-context';
import type { OverviewQuestions } from './overview-questions';
import { Tile } from './tile';

/** On a wall the figures fill their tiles: `shapeless` leaves the sparklines out. */
type Props = { questions: OverviewQuestions; context: PageContext; shapeless?: boolean };

/** Payments a second: of the last minutes while the data moves, else over the span. What it links to is what it is the mean of. */
export async function ThroughputTile({ questions, context, shapeless }: Props) {
  const t = await getTranslations('overview');
  const isLive = context.choice.kind === 'live';
  const [last, now, before, unit] = await Promise.all([throughputOf(questions, isLive), questions.now, questions.before, questions.unit]);
  const perSecond = last.payments / ((last.range.to.getTime() - last.range.from.getTime()) / 1000);
  return (
    <Tile
      shapeless={shapeless}
      name="throughput"
      value={last.payments}
      label={isLive ? t('tiles.throughputOf', { minutes: last.minutes }) : t('tiles.throughputMean')}
      figure={rateText(perSecond, unit)}
      unit={t(`throughput.unit.${unit}`)}
      exact={t('tiles.throughputExact', { count: last.payments, span: spanText(last.range) })}
      href={transactionsLink({ range: last.range })}
      shape={
        <Sparkline
          values={halfHours(now, questions)}
          compared={before ? halfHours(before, questions, questions.beforeShiftMs) : undefined}
        />
      }
    >
      <WeekChange now={BigInt(last.payments)} before={BigInt(last.before ?? 0)} weeks={isLive ? 1 : questions.weeks} />
    </Tile>
  );
}

async function throughputOf({ lastMinutes, outcomes, outcomesBefore, hours }: OverviewQuestions, isLive: boolean) {
  if (isLive) return await lastMinutes;
  const [now, before] = await Promise.all([outcomes, outcomesBefore]);
  return { minutes: 0, range: hours.rows, payments: Number(sumOutcomes(now).all), before: Number(sumOutcomes(before).all) };
}

/** What succeeded since midnight while the data moves, else over the span. */
export async function AmountTile({ questions, context, shapeless }: Props) {
  const [t, hours] = await Promise.all([getTranslations('overview'), questions.outcomes]);
  const { currency, locale } = context;
  const isLive = context.choice.kind === 'live';
  const sum = await amountOf(questions, isLive);
  const unit = amountUnit(sum.amount, currency, locale);
  return (
    <Tile
      shapeless={shapeless}
      name="amount"
      value={sum.amount}
      label={t(isLive ? 'tiles.amount' : 'tiles.amountOf')}
      figure={formatAmount(sum.amount, unit, locale)}
      unit={amountUnitLabel(unit, locale)}
      exact={t('tiles.amountExact', { amount: exactAmount(sum.amount, currency, locale), span: spanText(sum.range) })}
      href={transactionsLink({ range: sum.range, currency, status: ['succeeded'] })}
      shape={<Sparkline values={known(hourly(hours, hourSpan(questions), (hour) => magnitude(hour.amountMinor)))} />}
    >
      <WeekChange now={sum.whole} before={sum.before} weeks={isLive ? 1 : questions.weeks} />
    </Tile>
  );
}

async function amountOf({ today, outcomes, outcomesBefore, hours }: OverviewQuestions, isLive: boolean) {
  if (isLive) {
    const { today: amount, whole, before, range } = await today;
    return { amount, whole, before, range };
  }
  const [now, then] = await Promise.all([outcomes, outcomesBefore]);
  const sum = (of: readonly { amountMinor: bigint }[]) => of.reduce((total, hour) => total + hour.amountMinor, 0n);
  return { amount: sum(now), whole: sum(now), before: sum(then), range: hours.rows };
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
      also={[
        {
          href: transactionsLink({ range: questions.hours.rows }),
          words: t('tiles.all'),
          exact: t('tiles.allExact', { count: formatCount(counts.all) }),
        },
      ]}
      shape={<Sparkline values={known(hourly(hours, hourSpan(questions), (hour) => systemSuccessPpm(hour)))} />}
    >
      {now === null ? <span className="meta">{t('tiles.noPayments')}</span> : null}
      {now !== null && then !== null ? <Delta value={(now - then) / 10_000} unit={t('tiles.pp')} decimals={2} /> : null}
      {unknown === null || shapeless ? null : (
        <span className="meta">{t('tiles.unknown', { percent: `${percentDigits(unknown, 2)}%` })}</span>
      )}
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
      also={(['payer', 'payee'] as const).map((role) => ({
        href: withSearch('/institutions', { sort: 'p99', role }),
        words: t(`tiles.${role}s`),
        exact: t(role === 'payer' ? 'tiles.slowestPayers' : 'tiles.slowestPayees'),
      }))}
      shape={<Sparkline values={known(hourly(hours, span, (hour) => percentileMs([hour], 0.99)))} />}
    >
      {now !== null && then !== null ? (
        <>
          <Delta value={Math.round(now) - Math.round(then)} unit={t('tiles.ms')} decimals={0} />
          <span className="meta">{t('tiles.vsWeeks', { weeks: 1 })}</span>
        </>
      ) : (
        <span className="meta">{t(now === null ? 'tiles.noPayments' : 'tiles.noWeek')}</span>
      )}
    </Tile>
  );
}

export async function OnlineTile({ questions, context, shapeless }: Props) {
  const [t, states] = await Promise.all([getTranslations('overview'), questions.states]);
  const counts = countByState(states.map((one) => one.state));
  const abnormal = (['down', 'silent', 'degraded', 'planned', 'unknown'] as const).filter((state) => counts[state] > 0);
  return (
    <Tile
      shapeless={shapeless}
      name="online"
      value={states.length}
      label={t(context.choice.kind === 'live' ? 'tiles.online' : 'tiles.onlineNow')}
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

export async function QuarantineTile({ questions, context, shapeless }: Props) {
  const [t, lines] = await Promise.all([getTranslations('overview'), questions.quarantine]);
  return (
    <Tile
      shapeless={shapeless}
      name="quarantine"
      value={lines.open}
      label={t(context.choice.kind === 'live' ? 'tiles.quarantine' : 'tiles.quarantineNow')}
      figure={formatCount(lines.open)}
      unit={t('tiles.quarantineUnit')}
      exact={t('tiles.quarantineExact')}
      href={withSearch('/quarantine', {})}
      shape={<Sparkline values={lines.arrivals} />}
    >
      <Delta value={lines.open - lines.openBefore} unit="" decimals={0} />
      <span className="meta">{t('tiles.vsWeeks', { weeks: 1 })}</span>
    </Tile>
  );
}

/** Against the same span a week, or as many weeks as the span reaches over, before. */
async function WeekChange({ now, before, weeks }: { now: bigint; before: bigint; weeks: number }) {
  const t = await getTranslations('overview.tiles');
  const ppm = before === 0n ? null : ratioPpm(now - before, before);
  if (ppm === null) return <span className="meta">{t('noWeek')}</span>;
  return (
    <>
      <Delta value={ppm / 10_000} />
      <span className="meta">{t('vsWeeks', { weeks })}</span>
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

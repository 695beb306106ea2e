import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { barShares } from '@/domain/flows/bar-shares';
import { flowFigures } from '@/domain/flows/flow-figures';
import { pairHourOfDay } from '@/server/queries/flows/pair-hour-of-day';
import type { PairScreen } from './pair-screen';

/** When in the day this pair pays: 24 bars, each with its figure. */
export async function PairHours({ actor, context, aligned, view, payer, payee }: PairScreen) {
  const t = await getTranslations('flows.pair');
  const hours = await pairHourOfDay(actor, {
    range: aligned.range,
    currency: context.currency,
    types: view.types,
    payerId: payer.id,
    payeeId: payee.id,
  });
  const figures = flowFigures(context);
  const bars = barShares(hours.map((hour) => hour.payments));
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const busiest = hours.reduce((a, b) => (b.payments > a.payments ? b : a), { hour: 0, payments: 0n });
  return (
    <ChartFrame
      className="pair-hours"
      title={t('hours')}
      unit={t('hoursCaption')}
      summary={t('hoursSummary', { hour: clock(busiest.hour), count: figures.count(busiest.payments) })}
      table={
        <ChartTable
          head={[t('hour'), t('payments'), t('amount')]}
          rows={hours.map(({ hour, payments, amount }) => [clock(hour), figures.count(payments), figures.exact(amount)])}
        />
      }
    >
      <ol className="hour-bars">
        {hours.map(({ hour, payments, amount }, i) => (
          <li key={hour} title={`${clock(hour)} · ${figures.count(payments)} · ${figures.exact(amount)}`}>
            <i style={{ height: `${((bars[i] ?? 0) * 100).toFixed(1)}%` }} />
            <span className="sr-only">
              {clock(hour)} {figures.count(payments)} {figures.exact(amount)}
            </span>
            {hour % 6 === 0 && <b aria-hidden="true">{clock(hour)}</b>}
          </li>
        ))}
      </ol>
    </ChartFrame>
  );
}

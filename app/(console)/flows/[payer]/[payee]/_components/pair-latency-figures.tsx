import { getTranslations } from 'next-intl/server';
import { flowFigures } from '@/domain/flows/flow-figures';
import { formatDuration } from '@/domain/format/duration';
import { LATENCY_LOOKED_THROUGH, pairLatency } from '@/server/queries/flows/pair-latency';
import type { PairScreen } from './pair-screen';

/** Acceptance to answer, of the newest payments, with how many were looked at. */
export async function PairLatencyFigures({ actor, context, aligned, view, payer, payee }: PairScreen) {
  const t = await getTranslations('flows.pair');
  const latency = await pairLatency(actor, {
    range: aligned.range,
    currency: context.currency,
    types: view.types,
    payerId: payer.id,
    payeeId: payee.id,
  });
  const { count } = flowFigures(context);
  const note = { answered: count(BigInt(latency.answered)), looked: count(BigInt(latency.lookedThrough)) };
  return (
    <div className="pair-figure">
      <h2>{t('latency')}</h2>
      <dl className="pair-latency">
        {(
          [
            ['p50', latency.p50Ms],
            ['p95', latency.p95Ms],
            ['p99', latency.p99Ms],
          ] as const
        ).map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{ms === null ? '—' : formatDuration(ms, context.locale)}</dd>
          </div>
        ))}
      </dl>
      <p className="meta cut">
        {latency.answered === 0
          ? t('latencyNone')
          : t(latency.lookedThrough < LATENCY_LOOKED_THROUGH ? 'latencyNoteAll' : 'latencyNote', note)}
      </p>
    </div>
  );
}

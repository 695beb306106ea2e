'use client';

import { useTranslations } from 'next-intl';
import { bigintSpan } from '@/domain/tracing/canvas/bigint-span';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import type { TraceView } from '@/domain/tracing/canvas/scene';
import { CONSERVING_METHODS, type ConservingMethod } from '@/domain/tracing/trace-answer';
import { minorText, spanText, type TraceUnit } from './trace-amounts';

type Of = { readonly picture: TracePicture; readonly view: TraceView; readonly unit: TraceUnit };

/** Whether every unit of the money is accounted for; always in sight. */
export function ConservationLine(of: Of) {
  return (
    <p className="tr-conserved meta" data-testid="trace-conserved">
      <ConservationWords {...of} />
    </p>
  );
}

function ConservationWords(of: Of) {
  return useConservationWords(of);
}

/** The line in words: unit, source = held + exited, and the difference, which is 0. */
export function useConservationWords({ picture, view, unit }: Of): string {
  const t = useTranslations('trace.conserved');
  const methods: readonly ConservingMethod[] = view === 'interval' || view === 'poison' ? CONSERVING_METHODS : [view];
  const span = (part: 'source' | 'held' | 'exited' | 'unknown') => {
    const values = methods.map((method) => BigInt(picture.conservation[method][part]));
    const { low, high } = bigintSpan(values);
    return spanText(low, high, unit);
  };
  const differences = methods.map((method) => BigInt(picture.conservation[method].difference));
  const { low: least, high: most } = bigintSpan(differences);
  const worst = most === 0n ? least : most;
  const parts = { unit: unit.label, source: span('source'), held: span('held'), exited: span('exited'), unknown: span('unknown') };
  const sum = t(picture.direction === 'forward' ? 'forward' : 'backward', parts);
  return `${sum} · ${worst === 0n ? t('exact') : t('fault', { difference: minorText(worst, unit) })}`;
}

'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { institutionLink } from '@/domain/links';
import { BarAxis, BoardBars, useBarText } from '../../_components/board-bars';

type Props = {
  readonly code: string;
  readonly name: string;
  readonly axis: { readonly bucketMs: number; readonly from: number; readonly bars: number; readonly until: number };
  readonly bars: string;
  readonly knownFrom: number | null;
  readonly targetPpm: number;
};

/** One institution's bars over the whole width. One tab stop; arrows move, Enter or a press narrows the span to the bar. */
export function HistoryBars({ code, name, axis, bars, knownFrom, targetPpm }: Props) {
  const t = useTranslations('institutions');
  const router = useRouter();
  const barText = useBarText(axis);
  const statusId = useId();
  const [ref, { width }] = useElementSize<HTMLDivElement>();
  const [position, setPosition] = useState<number | null>(null);
  const said = position === null ? '' : barText(bars, knownFrom, position);
  const open = (at: number) => {
    const from = new Date(axis.from + at * axis.bucketMs);
    router.push(`${institutionLink(code, { range: { from, to: new Date(from.getTime() + axis.bucketMs) } })}#history`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: (position ?? axis.bars) - 1, ArrowRight: (position ?? -1) + 1, Home: 0, End: axis.bars - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setPosition(Math.max(0, Math.min(axis.bars - 1, next)));
    }
    if (event.key === 'Escape') setPosition(null);
    if (event.key === 'Enter' && position !== null) open(position);
  };
  const at = (event: PointerEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const hit = Math.floor(((event.clientX - bounds.left) / bounds.width) * axis.bars);
    return hit >= 0 && hit < axis.bars ? hit : null;
  };
  return (
    <div className="ip-bars">
      <div
        ref={ref}
        role="application"
        tabIndex={0}
        aria-label={t('history.bars', { name })}
        aria-describedby={statusId}
        onKeyDown={onKeyDown}
        onBlur={() => setPosition(null)}
        onPointerMove={(event) => setPosition(at(event))}
        onPointerLeave={() => setPosition(null)}
        onPointerUp={(event) => {
          const hit = at(event);
          if (hit !== null && event.pointerType === 'mouse') open(hit);
        }}
      >
        {width > 0 ? (
          <>
            <BarAxis axis={axis} areaPx={width} cursor={position} />
            <BoardBars
              bars={bars}
              knownFrom={knownFrom}
              axis={axis}
              targetPpm={targetPpm}
              areaPx={width}
              cursor={position}
              label={t('history.title')}
            />
          </>
        ) : null}
      </div>
      <p id={statusId} role="status" className="meta">
        {said || t('history.hint')}
      </p>
    </div>
  );
}

import { type KeyboardEvent, type PointerEvent, useState } from 'react';

/** Marked steps, both ends included. */
export type StepSpan = readonly [first: number, last: number];

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  PageDown: 12,
  PageUp: -12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * Marks a span of a chart's steps, by dragging or with shift and the arrow keys; letting go, or Enter, picks it. `plot` says where within
 * the element the steps lie. With `single` Enter also picks the one step under the cursor.
 */
export function useSpanBrush({
  count,
  plot,
  single = false,
  onPick,
}: {
  readonly count: number;
  readonly plot: { readonly left: number; readonly width: number };
  readonly single?: boolean;
  readonly onPick: (first: number, last: number) => void;
}) {
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const marked: StepSpan | null =
    anchor !== null && cursor !== null && anchor !== cursor ? [Math.min(anchor, cursor), Math.max(anchor, cursor)] : null;
  const kept = (step: number) => Math.max(0, Math.min(count - 1, step));
  const leave = () => {
    setCursor(null);
    setAnchor(null);
  };
  const pick = (span: StepSpan) => {
    leave();
    onPick(...span);
  };
  const stepAt = (event: PointerEvent<HTMLElement>) =>
    kept(Math.floor(((event.clientX - event.currentTarget.getBoundingClientRect().left - plot.left) / Math.max(1, plot.width)) * count));
  const handlers = {
    onKeyDown: (event: KeyboardEvent) => {
      const by = KEY_STEPS[event.key];
      if (by !== undefined && count > 0) {
        event.preventDefault();
        const next = kept((cursor ?? (by > 0 ? -1 : count)) + by);
        setAnchor(event.shiftKey ? (anchor ?? cursor ?? next) : null);
        setCursor(next);
      } else if (event.key === 'Enter' && marked) pick(marked);
      else if (event.key === 'Enter' && single && cursor !== null) pick([cursor, cursor]);
      else if (event.key === 'Escape') leave();
    },
    onBlur: leave,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setAnchor(stepAt(event));
      setCursor(stepAt(event));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => setCursor(stepAt(event)),
    onPointerUp: () => {
      if (marked) pick(marked);
      setAnchor(null);
    },
    onPointerCancel: leave,
    onPointerLeave: (event: PointerEvent<HTMLElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) leave();
    },
  };
  return { cursor, marked, handlers } as const;
}

/** Where a note beside the cursor stands: on the side with more room. */
export function beside(
  cursor: number,
  { count, left, right, width }: { readonly count: number; readonly left: number; readonly right: number; readonly width: number },
): { readonly left: number } | { readonly right: number } {
  const x = left + ((width - left - right) * cursor) / Math.max(1, count);
  return cursor > count / 2 ? { right: width - x + 12 } : { left: x + 12 };
}

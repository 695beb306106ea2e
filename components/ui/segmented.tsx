'use client';

import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export type Segment<V extends string> = { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean };

type SegmentedProps<V extends string> = {
  readonly segments: readonly Segment<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
  /** What is being chosen, for screen readers. */
  readonly label: string;
};

/** 2–5 exclusive views: one tab stop, arrows move and choose. */
export function Segmented<V extends string>({ segments, value, onChange, label }: SegmentedProps<V>) {
  const box = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const open = segments.filter((segment) => !segment.disabled);
    const next = open[(open.findIndex((segment) => segment.value === value) + step + open.length) % open.length];
    if (!next) return;
    onChange(next.value);
    box.current?.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus();
  };
  return (
    <div ref={box} className="seg" role="radiogroup" aria-label={label} onKeyDown={move}>
      {segments.map((segment) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot carry the segment's look and keep one tab stop.
        <button
          key={segment.value}
          type="button"
          role="radio"
          aria-checked={segment.value === value}
          data-value={segment.value}
          tabIndex={segment.value === value ? 0 : -1}
          disabled={segment.disabled}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
        </button>
      ))}
    </div>
  );
}

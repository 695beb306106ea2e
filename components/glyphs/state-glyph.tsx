import type { ReactNode } from 'react';

export const STATE_NAMES = ['up', 'degraded', 'down', 'silent', 'planned', 'unknown'] as const;
export type StateName = (typeof STATE_NAMES)[number];

/** Square per state of an institution on a 12 px grid; each reads without colour. */
export const STATE_SHAPES: Readonly<Record<StateName, ReactNode>> = {
  up: (
    <>
      <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="var(--state-up)" />
    </>
  ),
  degraded: (
    <>
      <rect
        x="1.5"
        y="1.5"
        width="9"
        height="9"
        rx="1.5"
        fill="var(--surface-sheet)"
        stroke="var(--severity-major-text)"
        strokeWidth="1.2"
      />
      <path
        d="M1.5 6h9v3a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 9z"
        fill="var(--severity-major)"
        stroke="var(--severity-major-text)"
        strokeWidth="1.2"
      />
    </>
  ),
  down: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="1.5" fill="var(--state-down)" />
      <path d="M3.7 3.7l4.6 4.6M8.3 3.7L3.7 8.3" stroke="var(--surface-sheet)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  silent: (
    <>
      <rect
        x="1.8"
        y="1.8"
        width="8.4"
        height="8.4"
        rx="1.5"
        fill="var(--state-silent-soft)"
        stroke="var(--state-silent)"
        strokeWidth="1.6"
      />
      <circle cx="6" cy="6" r="1.5" fill="var(--state-silent)" />
    </>
  ),
  planned: (
    <>
      <rect x="1.9" y="1.9" width="8.2" height="8.2" rx="1.5" fill="none" stroke="var(--state-planned)" strokeWidth="1.1" />
      <path d="M3 9L9 3" stroke="var(--state-planned)" strokeWidth="1.1" />
    </>
  ),
  unknown: (
    <>
      <rect
        x="1.9"
        y="1.9"
        width="8.2"
        height="8.2"
        rx="1.5"
        fill="none"
        stroke="var(--state-unknown)"
        strokeWidth="1.1"
        strokeDasharray="1.8 1.5"
      />
    </>
  ),
};

/** Without a label the glyph is decoration: then its word stands beside it. */
export function StateGlyph({ state, size = 12, label }: { readonly state: StateName; readonly size?: number; readonly label?: string }) {
  return (
    <svg
      className="g"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role={label ? 'img' : undefined}
      aria-hidden={label ? undefined : true}
    >
      {label ? <title>{label}</title> : null}
      {STATE_SHAPES[state]}
    </svg>
  );
}

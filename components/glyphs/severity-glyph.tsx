import type { ReactNode } from 'react';

export const SEVERITIES = ['critical', 'major', 'minor', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

const SHAPES: Readonly<Record<Severity, ReactNode>> = {
  critical: (
    <>
      <path d="M6 .6L11.4 6 6 11.4.6 6z" fill="var(--severity-critical)" />
    </>
  ),
  major: (
    <>
      <path d="M6 1.2L10.8 6 6 10.8 1.2 6z" fill="var(--surface-sheet)" stroke="var(--severity-major-text)" strokeWidth="1.1" />
      <path
        d="M6 1.2L10.8 6 6 10.8z"
        fill="var(--severity-major)"
        stroke="var(--severity-major-text)"
        strokeWidth="1.1"
        transform="rotate(90 6 6)"
      />
    </>
  ),
  minor: (
    <>
      <path d="M6 1.4L10.6 6 6 10.6 1.4 6z" fill="none" stroke="var(--severity-minor)" strokeWidth="1.3" />
    </>
  ),
  info: (
    <>
      <circle cx="6" cy="6" r="1.8" fill="var(--severity-none)" />
    </>
  ),
};

/** Diamond per severity: full, half, hollow, dot. Without a label it is decoration: then its word stands beside it. */
export function SeverityGlyph({
  severity,
  size = 12,
  label,
}: {
  readonly severity: Severity;
  readonly size?: number;
  readonly label?: string;
}) {
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
      {SHAPES[severity]}
    </svg>
  );
}

import type { ReactNode } from 'react';

type ChipProps = {
  readonly tone?: 'plain' | 'critical' | 'major' | 'silent' | 'accent';
  readonly title?: string;
  readonly children: ReactNode;
};

/** A fact about the view, never something to press. */
export function Chip({ tone = 'plain', title, children }: ChipProps) {
  return (
    <span className={tone === 'plain' ? 'chip' : `chip ${tone}`} title={title}>
      {children}
    </span>
  );
}

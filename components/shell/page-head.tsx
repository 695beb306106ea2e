import type { ReactNode } from 'react';
import { type Step, Trail } from './trail';

/** The head of a page below another one: the way that leads here, its title, and what belongs to it. */
export function PageHead({
  trail,
  title,
  children,
}: {
  readonly trail: readonly Step[];
  readonly title: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="head">
      <Trail steps={trail} />
      <h1 className="cut">{title}</h1>
      {children}
    </header>
  );
}

import type { ReactNode } from 'react';

type PartProps = {
  readonly id: string;
  readonly title: string;
  readonly meta?: ReactNode;
  readonly children: ReactNode;
};

/** A ruled part of a case with its caption; `id` is where its answers lead back to. */
export function Part({ id, title, meta, children }: PartProps) {
  return (
    <section className="cs-part" id={id} aria-label={title} data-testid={`case-${id}`}>
      <div className="cap">
        <h2>{title}</h2>
        {meta ? <span className="meta">{meta}</span> : null}
      </div>
      {children}
    </section>
  );
}

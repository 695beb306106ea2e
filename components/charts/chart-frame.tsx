'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../glyphs/icon';

type ChartFrameProps = {
  readonly title: ReactNode;
  /** Unit and aggregation: "tx/s · 5-minute mean". */
  readonly unit?: ReactNode;
  readonly legend?: ReactNode;
  /** One sentence that says what the picture shows, for who cannot see it. */
  readonly summary: string;
  /** The same figures as a table; gives the frame its table toggle. */
  readonly table?: ReactNode;
  /** Further tools, left of the toggle. */
  readonly tools?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Figure with a caption line, plot and table of the same numbers. The plot itself may hold one tab stop of its own. */
export function ChartFrame({ title, unit, legend, summary, table, tools, className, children }: ChartFrameProps) {
  const t = useTranslations('common');
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={className ? `region ${className}` : 'region'} aria-labelledby={`${id}-t`} aria-describedby={`${id}-s`}>
      <figcaption className="cap">
        <h2 id={`${id}-t`}>{title}</h2>
        {unit ? <span className="meta">{unit}</span> : null}
        {legend ? <span className="meta row legend">{legend}</span> : null}
        {table || tools ? (
          <span className="tools">
            {tools}
            {table ? (
              <button
                type="button"
                aria-pressed={asTable}
                aria-label={t('asTable')}
                title={t('asTable')}
                onClick={() => setAsTable(!asTable)}
              >
                <Icon name="table" small />
              </button>
            ) : null}
          </span>
        ) : null}
      </figcaption>
      <p id={`${id}-s`} className="visually-hidden">
        {summary}
      </p>
      <div className={asTable ? 'fill scroll' : 'fill'}>{asTable ? table : children}</div>
    </figure>
  );
}

'use client';

import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import { formatLocale } from '@/components/figures/format-locale';
import { flowFigures } from '@/domain/flows/flow-figures';
import { decodeMatrix } from '@/domain/flows/matrix-model';
import { useCellDetails } from './cell-details';
import type { MatrixViewProps } from './matrix-view';
import { PairTable } from './pair-table';

/** Every pair of the picture as a row. */
export function TableView({ wire, detailHref, version, currency, compare, links, notes }: Omit<MatrixViewProps, 'summary' | 'implied'>) {
  const locale = formatLocale(useLocale());
  const figures = useMemo(() => flowFigures({ locale, currency }), [locale, currency]);
  const model = useMemo(() => decodeMatrix(wire, { mapped: false }), [wire]);
  const { details } = useCellDetails({ href: detailHref, version, wire, places: model.places });
  // A pair that only the earlier span knows is no row of this range.
  const indices = useMemo(
    () => [...model.places.keys()].filter((index) => (model.amounts[index] as bigint) > 0n || hasPayments(details?.[index])),
    [model, details],
  );
  return (
    <section className="region flows-wide">
      <PairTable model={model} indices={indices} details={details} compare={compare} figures={figures} links={links} notes={notes} />
    </section>
  );
}

function hasPayments(detail: { succeeded: bigint; refused: bigint; unknown: bigint } | null | undefined): boolean {
  return detail !== null && detail !== undefined && detail.succeeded + detail.refused + detail.unknown > 0n;
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type CellDetail, detailOfCells, type MatrixDetailWire, type MatrixWire } from '@/domain/flows/matrix-wire';

/**
 * Counts and the earlier span of every cell, fetched after the amounts: the picture stands before the other half of the data is here.
 * While newer details are under way the ones at hand stay.
 */
export function useCellDetails({ href, version, wire, places }: { href: string; version: string; wire: MatrixWire; places: Int32Array }): {
  readonly details: readonly (CellDetail | null)[] | undefined;
  readonly failed: boolean;
  readonly retry: () => void;
} {
  const { data, isError, refetch } = useQuery({
    queryKey: ['flow-cells', href, version],
    queryFn: async ({ signal }): Promise<MatrixDetailWire> => {
      const response = await fetch(href, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return await response.json();
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (held) => held,
    retry: 1,
  });
  const details = useMemo(() => (data ? detailOfCells(wire, places, data) : undefined), [data, wire, places]);
  return { details, failed: isError, retry: () => void refetch() };
}

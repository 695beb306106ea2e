'use client';

import { useCallback, useEffect, useState } from 'react';

export type TablePreferences = { readonly hidden: string[]; readonly density: 'dense' | 'roomy' };

/** Which columns of a table a person hides, and how high its rows are: kept in this browser under `name`. */
export function useTablePreferences(
  name: string,
  hiddenAtFirst: readonly string[],
): readonly [TablePreferences, (changes: Partial<TablePreferences>) => void] {
  const [preferences, setPreferences] = useState<TablePreferences>({ hidden: [...hiddenAtFirst], density: 'dense' });
  useEffect(() => {
    const kept = localStorage.getItem(`headwater-table-${name}`);
    if (kept === null) return;
    try {
      setPreferences(readPreferences(JSON.parse(kept)));
    } catch {
      localStorage.removeItem(`headwater-table-${name}`);
    }
  }, [name]);
  const change = useCallback(
    (changes: Partial<TablePreferences>) =>
      setPreferences((before) => {
        const next = { ...before, ...changes };
        localStorage.setItem(`headwater-table-${name}`, JSON.stringify(next));
        return next;
      }),
    [name],
  );
  return [preferences, change];
}

// Read by hand: zod tries to evaluate code when it starts, which the page's policy reports as a violation.
function readPreferences(kept: unknown): TablePreferences {
  const { hidden, density } = Object(kept) as Record<string, unknown>;
  return {
    hidden: Array.isArray(hidden) ? hidden.filter((column) => typeof column === 'string') : [],
    density: density === 'roomy' ? 'roomy' : 'dense',
  };
}

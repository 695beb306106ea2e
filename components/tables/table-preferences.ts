'use client';

import { useCallback, useEffect, useState } from 'react';
import * as z from 'zod';

const Kept = z.object({ hidden: z.array(z.string()).catch([]), density: z.enum(['dense', 'roomy']).catch('dense') });
export type TablePreferences = z.infer<typeof Kept>;

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
      setPreferences(Kept.parse(JSON.parse(kept)));
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

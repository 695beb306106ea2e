'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** Keys of one page and what they do, in the page's own words: the shell was not sent them. */
export type KeyHint = { readonly keys: readonly string[]; readonly act: string };
type Hints = { readonly hints: readonly KeyHint[]; readonly setHints: (hints: readonly KeyHint[]) => void };
const NONE: readonly KeyHint[] = [];
const KeyHintsContext = createContext<Hints>({ hints: NONE, setHints: () => {} });

/** Remembers the keys of the page that is open, for the list of keys. */
export function KeyHintsProvider({ children }: { readonly children: ReactNode }) {
  const [hints, setHints] = useState<readonly KeyHint[]>(NONE);
  const value = useMemo(() => ({ hints, setHints }), [hints]);
  return <KeyHintsContext value={value}>{children}</KeyHintsContext>;
}

/** Lists a page's keys under `?` for as long as it is open; give it the same list until its words change. */
export function useKeyHints(hints: readonly KeyHint[]): void {
  const { setHints } = useContext(KeyHintsContext);
  useEffect(() => {
    setHints(hints);
    return () => setHints(NONE);
  }, [hints, setHints]);
}

export function usePageKeys(): readonly KeyHint[] {
  return useContext(KeyHintsContext).hints;
}

'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Sets or clears parameters of the present address as one step of history; the page is rendered anew from it. */
export function useSetAddress(): (changes: Readonly<Record<string, string | null>>) => void {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  return useCallback(
    (changes) => {
      const next = new URLSearchParams(search);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      const text = next.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~');
      router.push(text === '' ? path : `${path}?${text}`, { scroll: false });
    },
    [router, path, search],
  );
}

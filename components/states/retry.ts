'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';

/** Tries a failed page again from the server on; React's own reset alone would draw the same failure once more. */
export function useRetry(reset: () => void): () => void {
  const router = useRouter();
  return () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
}

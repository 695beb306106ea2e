'use client';

import { useEffect } from 'react';

const MARK_EVERY_MS = 15_000;

/** Tells the server when its person last did something, so that a page that renews itself does not count as one who is there. */
export function InputMark() {
  useEffect(() => {
    let markedAt = 0;
    const mark = () => {
      if (Date.now() - markedAt < MARK_EVERY_MS) return;
      markedAt = Date.now();
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that overseers run.
      document.cookie = `headwater-input=${Math.floor(markedAt / 1000)}; path=/; samesite=lax`;
    };
    mark();
    const kinds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
    for (const kind of kinds) addEventListener(kind, mark, { passive: true, capture: true });
    return () => {
      for (const kind of kinds) removeEventListener(kind, mark, { capture: true });
    };
  }, []);
  return null;
}

'use client';

import { useEffect, useState } from 'react';

/** Counts changes of theme and pixel density: what is painted by hand must be painted again after each. */
export function useThemeTick(): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const repaint = () => setTick((held) => held + 1);
    const observer = new MutationObserver(repaint);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'lang'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    scheme.addEventListener('change', repaint);
    density.addEventListener('change', repaint);
    // Text painted before its face is there would keep the fallback's shapes.
    document.fonts?.ready.then(repaint);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
      density.removeEventListener('change', repaint);
    };
  }, []);
  return tick;
}

'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

export type ElementSize = { readonly width: number; readonly height: number };

/** An element's inner size in CSS pixels, kept while it changes; zero until it is laid out. */
export function useElementSize<T extends HTMLElement>(): readonly [RefObject<T | null>, ElementSize] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState<ElementSize>({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setSize((held) => (held.width === next.width && held.height === next.height ? held : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

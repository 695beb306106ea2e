'use client';

import { type RefObject, useLayoutEffect } from 'react';

/** Sizes a canvas to its CSS pixels at the screen's density and hands its context over, whenever `paint` changes. */
export function useCanvas(
  ref: RefObject<HTMLCanvasElement | null>,
  { width, height, paint }: { width: number; height: number; paint: ((g: CanvasRenderingContext2D) => void) | undefined },
): void {
  useLayoutEffect(() => {
    const canvas = ref.current;
    const g = canvas?.getContext('2d');
    if (!canvas || !g || !paint || width === 0 || height === 0) return;
    const density = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    g.setTransform(density, 0, 0, density, 0, 0);
    paint(g);
  }, [ref, width, height, paint]);
}

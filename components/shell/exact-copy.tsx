'use client';

import { useEffect } from 'react';

/** Copied figures are the exact ones: whatever carries `data-exact` leaves with that instead of its rounded text. */
export function ExactCopy() {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const selection = getSelection();
      if (!selection || selection.isCollapsed || !event.clipboardData) return;
      const text = exactText(selection);
      if (text === null) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
    };
    document.addEventListener('copy', copy);
    return () => document.removeEventListener('copy', copy);
  }, []);
  return null;
}

// Null where no figure is concerned: the browser's own copy keeps tables and lines better than we would.
function exactText(selection: Selection): string | null {
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const inside = (within instanceof Element ? within : within.parentElement)?.closest<HTMLElement>('[data-exact]');
  if (inside) return inside.dataset.exact ?? null;
  const part = range.cloneContents();
  const figures = part.querySelectorAll<HTMLElement>('[data-exact]');
  if (figures.length === 0) return null;
  for (const figure of figures) figure.textContent = figure.dataset.exact ?? '';
  for (const cell of part.querySelectorAll('td, th')) cell.append('\t');
  for (const line of part.querySelectorAll('tr, p, li, h1, h2, h3, div')) line.append('\n');
  return (part.textContent ?? '').replaceAll(/\t?\n+/g, '\n').trimEnd();
}

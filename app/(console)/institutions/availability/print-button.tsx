'use client';

/** Opens the browser's print dialogue: the page has its own form on paper. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="btn" onClick={() => window.print()}>
      {label}
    </button>
  );
}

export type StatedAmount =
  | { readonly ok: true; readonly magnitude: number }
  | { readonly ok: false; readonly fault: 'syntax' | 'negative' };

const DECIMAL = /^-?\d{1,18}(?:\.\d{1,24})?$/;

/** A magnitude as a file states it, whatever its currency can carry: for measuring detectors only, never for money that is kept or shown. */
export function parseStatedAmount(text: string): StatedAmount {
  if (!DECIMAL.test(text)) return { ok: false, fault: 'syntax' };
  if (text.startsWith('-')) return { ok: false, fault: 'negative' };
  return { ok: true, magnitude: Number(text) };
}

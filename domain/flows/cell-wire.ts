/**
 * Cells as they cross to the browser. Places are gaps in reading order (one byte each in a busy matrix), values stay decimal strings, so
 * that an amount beyond 2⁵³ arrives to the last minor unit.
 */
export type CellPlaces = { readonly columns: number; readonly gaps: string };

const LAST_SEVEN = 0x7f;

/** Places, ascending in r × columns + c, as base64 of variable-length gaps. Throws where they do not ascend. */
export function encodePlaces(cells: readonly { readonly r: number; readonly c: number }[], columns: number): CellPlaces {
  const bytes: number[] = [];
  let previous = -1;
  for (const { r, c } of cells) {
    const place = r * columns + c;
    let gap = place - previous - 1;
    if (gap < 0) throw new Error('cells must be in reading order');
    while (gap > LAST_SEVEN) {
      bytes.push((gap & LAST_SEVEN) | 0x80);
      gap >>>= 7;
    }
    bytes.push(gap);
    previous = place;
  }
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { columns, gaps: btoa(binary) };
}

/** r × columns + c of every cell, in order. */
export function decodePlaces({ gaps }: CellPlaces): Int32Array {
  const binary = atob(gaps);
  const places: number[] = [];
  let previous = -1;
  let gap = 0;
  let shift = 0;
  for (let i = 0; i < binary.length; i++) {
    const byte = binary.charCodeAt(i);
    gap |= (byte & LAST_SEVEN) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    previous += gap + 1;
    places.push(previous);
    gap = 0;
    shift = 0;
  }
  return Int32Array.from(places);
}

/** Whole numbers joined by commas; zero is nothing, for most of a sparse series is zero. */
export function encodeWholes(values: readonly bigint[]): string {
  return values.map((value) => (value === 0n ? '' : value.toString())).join(',');
}

export function decodeWholes(text: string, length: number): bigint[] {
  if (length === 0) return [];
  const values = text.split(',').map((digits) => (digits === '' ? 0n : BigInt(digits)));
  if (values.length !== length) throw new Error(`${values.length} values for ${length} cells`);
  return values;
}

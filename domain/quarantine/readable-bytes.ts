/**
 * Bytes of unknown origin as text that cannot do anything: UTF-8 where it is UTF-8, and an escape for whatever would not be seen or would
 * change how its neighbours are seen: \xNN for bytes that are no UTF-8, \u{…} for control, format and unassigned characters.
 */
export function readableText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceLength(bytes, at);
    if (size === 0) {
      text += `\\x${hex(bytes[at] as number)}`;
      at += 1;
      continue;
    }
    text += visible(decoder.decode(bytes.subarray(at, at + size)));
    at += size;
  }
  return text;
}

export type HexLine = { readonly offset: string; readonly hex: string; readonly text: string };

/** Sixteen bytes a line: offset, hexadecimal pairs, and what is printable ASCII. */
export function hexLines(bytes: Uint8Array): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    lines.push({
      offset: at.toString(16).padStart(6, '0'),
      hex: part.map(hex).join(' '),
      text: part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join(''),
    });
  }
  return lines;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// Bytes of the well-formed sequence that starts here, 0 where none does.
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  const size = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
  if (size < 2) return size;
  if (at + size > bytes.length) return 0;
  try {
    strict.decode(bytes.subarray(at, at + size));
    return size;
  } catch {
    return 0;
  }
}

function visible(character: string): string {
  if (character === '\\') return '\\\\';
  if (character === '\n' || !/[\p{C}\p{Zl}\p{Zp}]/u.test(character)) return character;
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

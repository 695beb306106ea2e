export const CASE_FILE_KINDS = ['pdf', 'png', 'jpeg', 'tiff', 'docx', 'xlsx', 'pptx', 'csv', 'txt', 'json'] as const;
export type CaseFileKind = (typeof CASE_FILE_KINDS)[number];

/** The allow-list, by the last extension of a name. */
export const EXTENSIONS: Readonly<Record<string, CaseFileKind | undefined>> = {
  pdf: 'pdf',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  tif: 'tiff',
  tiff: 'tiff',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  csv: 'csv',
  txt: 'txt',
  json: 'json',
};

const MAGIC: readonly (readonly [CaseFileKind | 'zip', readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** What the bytes are: by their first ones, or text where all of them are readable UTF-8 that no program would run. Null: anything else. */
export function sniffedKind(bytes: Uint8Array): CaseFileKind | 'zip' | 'text' | null {
  for (const [kind, magic] of MAGIC) if (magic.every((byte, at) => bytes[at] === byte)) return kind;
  return isPlainText(bytes) ? 'text' : null;
}

/** Markup that a browser would render and lines that a shell would run begin like this, whatever the file is called. */
const ACTIVE = /^\s*(?:<|#!|@echo\b|MZ|%!PS|\{\\rtf)/i;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;

function isPlainText(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < SPACE && byte !== TAB && byte !== LINE_FEED && byte !== RETURN) return false;
  const text = decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
  return text !== null && !ACTIVE.test(text.slice(0, 512));
}

// Banks' own exports are as often in the older national encoding.
function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

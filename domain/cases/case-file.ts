import { type CaseFileKind, EXTENSIONS, sniffedKind } from './file-kind';
import { zipNames } from './zip-names';

export const CASE_FILE_BYTES_MAX = 25 * 1024 * 1024;
export const CASE_FILE_REFUSALS = ['empty', 'too-big', 'name', 'type', 'content', 'macros'] as const;
/** type: no kind of file that a case keeps · content: not what its name says · macros: an office document that runs something. */
export type CaseFileRefusal = (typeof CASE_FILE_REFUSALS)[number];
export type CaseFileChecked =
  | { readonly kind: 'taken'; readonly name: string; readonly type: CaseFileKind }
  | { readonly kind: 'refused'; readonly reason: CaseFileRefusal };

/** Office documents keep programs under these names. */
const RUNS = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|[^/]*\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|com|jar|hta|lnk|bin))$/i;
/** Printer settings and embedded pictures are `.bin` as well, and harmless. */
const HARMLESS = /(?:^|\/)printerSettings\d*\.bin$/i;

/**
 * Whether a file may become evidence: by its own bytes, not by what it is said to be. The last extension must be one of the allow-list and
 * agree with the bytes. What passes is still never opened by the platform: it is kept and handed out as it is.
 */
export function checkCaseFile(given: string, bytes: Uint8Array): CaseFileChecked {
  const name = plainName(given);
  if (bytes.length === 0) return refused('empty');
  if (bytes.length > CASE_FILE_BYTES_MAX) return refused('too-big');
  if (name === null) return refused('name');
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const said = EXTENSIONS[extension];
  if (!said) return refused('type');
  const found = sniffedKind(bytes);
  if (found === null) return refused('content');
  if (found === 'zip') {
    if (said !== 'docx' && said !== 'xlsx' && said !== 'pptx') return refused('content');
    const names = zipNames(bytes);
    const root = { docx: 'word/', xlsx: 'xl/', pptx: 'ppt/' }[said];
    if (!names?.includes('[Content_Types].xml') || !names.some((one) => one.startsWith(root))) return refused('content');
    if (names.some((one) => RUNS.test(one) && !HARMLESS.test(one))) return refused('macros');
    return { kind: 'taken', name, type: said };
  }
  if (found === 'text') {
    if (said !== 'txt' && said !== 'csv' && said !== 'json') return refused('content');
    return { kind: 'taken', name, type: said };
  }
  return found === said ? { kind: 'taken', name, type: said } : refused('content');
}

/** The name without a path, without what cannot be seen, and without what turns text round; null where nothing sensible is left. */
export function plainName(given: string): string | null {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/[\p{C}"<>|:*?]/gu, '').trim();
  return name === '' || name.startsWith('.') || name.length > 200 ? null : name;
}

function refused(reason: CaseFileRefusal): CaseFileChecked {
  return { kind: 'refused', reason };
}

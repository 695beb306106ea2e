import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { reportFile } from './report-file';

const rows = [
  ['Code', 'Institution', 'Availability %', 'Down (s)'],
  ['B0101', '华岳银行 & <Co>', '99.9991', 27],
  ['=1+1', '+cmd', '-2+3', -5],
  ['@SUM(A1)', '\tTAB', '\rCR', 0],
];

/** The cells of a sheet as a reader of the format finds them: texts by their number in the shared list, or in place. */
function cellsOf(file: Uint8Array): { text: string | number; isFormula: boolean }[][] {
  const part = (name: string) => partOf(Buffer.from(file), name);
  const text = (xml: string) =>
    [...xml.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
      .map(([, inner]) => inner as string)
      .join('')
      .replace(/&#x?[0-9a-f]+;/gi, (code) => String.fromCodePoint(Number(code.replace(/&#x/i, '0x').replace('&#', '').replace(';', ''))))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>([\s\S]*?)<\/si>/g)].map(([, xml]) => text(xml as string));
  return [...part('xl/worksheets/sheet1.xml').matchAll(/<row[^>]*>([\s\S]*?)<\/row>/g)].map(([, row]) =>
    [...(row as string).matchAll(/<c([^>]*)>([\s\S]*?)<\/c>/g)].map(([, attributes = '', inner = '']) => {
      const value = /<v>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? '';
      const kind = /t="(\w+)"/.exec(attributes)?.[1];
      return {
        isFormula: /<f[\s>]/.test(inner),
        text: kind === 's' ? (shared[Number(value)] ?? '') : kind === 'inlineStr' ? text(inner) : Number(value),
      };
    }),
  );
}

/** One file of a ZIP archive, found by its central directory. */
function partOf(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [number, number, number];
    if (archive.toString('utf8', at + 46, at + 46 + nameBytes) === name) {
      const [method, size, head] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
      const from = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
      const bytes = archive.subarray(from, from + size);
      return (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
    }
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return '';
}

describe('the availability report as a spreadsheet', () => {
  test('holds row for row and cell for cell what the report holds, numbers as numbers', async () => {
    const cells = cellsOf(await reportFile('xlsx', rows));
    expect(cells.slice(0, 2).map((row) => row.map(({ text }) => text))).toEqual(rows.slice(0, 2));
    expect(cells).toHaveLength(rows.length);
  });

  test('holds no formula, and no text that becomes one where it is copied to', async () => {
    const cells = cellsOf(await reportFile('xlsx', rows));
    expect(cells.flat().some(({ isFormula }) => isFormula)).toBe(false);
    expect(cells[2]?.map(({ text }) => text)).toEqual(["'=1+1", "'+cmd", "'-2+3", -5]);
    expect(cells[3]?.[0]?.text).toBe("'@SUM(A1)");
    for (const { text } of cells.flat()) if (typeof text === 'string') expect(text).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('and as CSV says the same of such texts', async () => {
    const text = Buffer.from(await reportFile('csv', rows)).toString('utf8');
    expect(text.split('\r\n')[2]).toBe("'=1+1,'+cmd,'-2+3,-5");
    expect(text.startsWith('\ufeffCode,')).toBe(true);
  });
});

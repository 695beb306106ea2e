import { describe, expect, test } from 'vitest';
import { checkCaseFile, plainName } from './case-file';

const text = (words: string) => new TextEncoder().encode(words);
const bytes = (...head: number[]) => Uint8Array.from([...head, ...new Array(32).fill(1)]);
const PNG = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A ZIP of empty entries: a central directory is all that is read. */
function zip(...names: string[]): Uint8Array {
  const parts: number[] = [0x50, 0x4b, 0x03, 0x04, 0, 0];
  const start = parts.length;
  for (const name of names) {
    const encoded = [...text(name)];
    const entry = new Array(46).fill(0);
    entry.splice(0, 4, 0x50, 0x4b, 0x01, 0x02);
    entry[28] = encoded.length;
    parts.push(...entry, ...encoded);
  }
  const end = new Array(22).fill(0);
  end.splice(0, 4, 0x50, 0x4b, 0x05, 0x06);
  end[10] = names.length;
  end[16] = start;
  return Uint8Array.from([...parts, ...end]);
}

describe('a file of a case', () => {
  test('is taken where its bytes are what its name says', () => {
    expect(checkCaseFile('statement.pdf', text('%PDF-1.7\n…'))).toEqual({ kind: 'taken', name: 'statement.pdf', type: 'pdf' });
    expect(checkCaseFile('截图.PNG', PNG)).toEqual({ kind: 'taken', name: '截图.PNG', type: 'png' });
    expect(checkCaseFile('流水.csv', text('账号,金额\n6222,1.00\n'))).toMatchObject({ type: 'csv' });
    expect(checkCaseFile('流水.csv', Uint8Array.from([0xd5, 0xcb, 0xba, 0xc5, 0x2c, 0x31]))).toMatchObject({ type: 'csv' });
    expect(checkCaseFile('letter.docx', zip('[Content_Types].xml', 'word/document.xml'))).toMatchObject({ type: 'docx' });
    expect(
      checkCaseFile('book.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin')),
    ).toMatchObject({
      type: 'xlsx',
    });
  });

  test.each([
    ['a program called a report', 'report.pdf', bytes(0x4d, 0x5a, 0x90, 0)],
    ['an ELF program called text', 'notes.txt', bytes(0x7f, 0x45, 0x4c, 0x46)],
    ['a script called text', 'notes.txt', text('#!/bin/sh\nrm -rf /')],
    ['a batch file called text', 'notes.txt', text('@echo off\r\ndel c:')],
    ['a page called text', 'notes.txt', text('  <html><script>alert(1)</script>')],
    ['a vector picture with scripts called data', 'data.json', text('<svg onload="x">')],
    ['a picture called a document', 'scan.pdf', PNG],
    ['an archive called a document', 'letter.docx', zip('evil.exe')],
    ['a document called a table', 'book.xlsx', zip('[Content_Types].xml', 'word/document.xml')],
    ['a broken archive', 'book.xlsx', bytes(0x50, 0x4b, 0x03, 0x04)],
    ['text that is not readable', 'notes.txt', Uint8Array.from([0xc3, 0x28])],
  ])('is refused: %s', (_, name, content) => {
    expect(checkCaseFile(name, content)).toEqual({ kind: 'refused', reason: 'content' });
  });

  test('is refused by the last of several extensions, and where it is of no kind that a case keeps', () => {
    for (const name of ['report.pdf.exe', 'page.html', 'drawing.svg', 'tool.js', 'pdf', 'book.xlsm'])
      expect(checkCaseFile(name, text('%PDF-1.7'))).toEqual({ kind: 'refused', reason: 'type' });
  });

  test('is refused where an office document carries a program', () => {
    for (const program of ['word/vbaProject.bin', 'word/embeddings/oleObject1.bin', 'word/media/run.exe'])
      expect(checkCaseFile('a.docx', zip('[Content_Types].xml', 'word/document.xml', program))).toEqual({
        kind: 'refused',
        reason: 'macros',
      });
  });

  test('is refused empty, too big, and without a name', () => {
    expect(checkCaseFile('a.txt', new Uint8Array())).toEqual({ kind: 'refused', reason: 'empty' });
    expect(checkCaseFile('a.txt', new Uint8Array(25 * 1024 * 1024 + 1))).toEqual({ kind: 'refused', reason: 'too-big' });
    expect(checkCaseFile('.', text('a'))).toEqual({ kind: 'refused', reason: 'name' });
  });
});

test('a name keeps no path, nothing unseen, and nothing that turns the text round', () => {
  expect(plainName('../../etc/passwd.txt')).toBe('passwd.txt');
  expect(plainName('C:\\a\\b.pdf')).toBe('b.pdf');
  expect(plainName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
  expect(plainName('a"\r\nx.txt')).toBe('ax.txt');
  expect(plainName('.htaccess')).toBeNull();
});

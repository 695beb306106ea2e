import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { withoutTimes } from './without-times';

/** Times of every entry in its directory, wherever a program looks for them. */
function times(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  const found: number[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    found.push(view.getUint32(at + 12, true), view.getUint32(view.getUint32(at + 42, true) + 10, true));
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

test('a workbook does not tell when it was made', async () => {
  const made = new Uint8Array(await writeExcelFile([[{ value: 'one', type: String }]]).toBuffer());
  expect(new Set(times(made))).not.toEqual(new Set([0x0021_0000]));
  expect(new Set(times(withoutTimes(made)))).toEqual(new Set([0x0021_0000]));
});

test('what is no archive is refused', () => {
  expect(() => withoutTimes(new Uint8Array(40))).toThrow('no ZIP archive');
});

import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type BundleEntry, bundleLayout } from './bundle';
import { neutralCell } from './neutral-cell';

const FILES = [
  ['manifest.json', '{"a":1}\n'],
  ['交易.csv', '时间,金额\r\n'],
  ['empty.txt', ''],
] as const;
const entries: readonly BundleEntry[] = FILES.map(([name, text]) => ({ name, bytes: Buffer.byteLength(text), crc32: crc32(text) }));

function archive(options?: { large: boolean }): Buffer {
  const { heads, tail } = bundleLayout(entries, options);
  return Buffer.concat([...FILES.flatMap(([, text], n) => [heads[n] as Uint8Array, Buffer.from(text)]), tail]);
}

/** Reads an archive as its specification says: from its end, by the directory. */
function unpacked(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const isLarge = bytes.readUInt32LE(end + 16) === 0xffffffff;
  const record = isLarge ? Number(bytes.readBigUInt64LE(end - 20 + 8)) : 0;
  if (isLarge) expect([bytes.readUInt32LE(end - 20), bytes.readUInt32LE(record)]).toEqual([0x07064b50, 0x06064b50]);
  const count = isLarge ? Number(bytes.readBigUInt64LE(record + 32)) : bytes.readUInt16LE(end + 10);
  let at = isLarge ? Number(bytes.readBigUInt64LE(record + 48)) : bytes.readUInt32LE(end + 16);
  const found: Record<string, string> = {};
  for (let n = 0; n < count; n++) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [named, more] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.toString('utf8', at + 46, at + 46 + named);
    const extra = at + 46 + named + 4;
    const size = isLarge ? Number(bytes.readBigUInt64LE(extra)) : bytes.readUInt32LE(at + 24);
    const local = isLarge ? Number(bytes.readBigUInt64LE(extra + 16)) : bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    expect(crc32(content)).toBe(bytes.readUInt32LE(at + 16));
    found[name] = bytes.readUInt16LE(at + 10) === 0 ? content.toString() : inflateRawSync(content).toString();
    at += 46 + named + more;
  }
  return found;
}

describe('a bundle', () => {
  test.each([false, true])('is an archive that is read by its directory (64-bit records: %s)', (large) => {
    expect(unpacked(archive({ large }))).toEqual(Object.fromEntries(FILES));
  });

  test('says its size before it is written', () => {
    for (const large of [false, true]) expect(bundleLayout(entries, { large }).bytes).toBe(archive({ large }).length);
  });

  test('goes over to 64-bit records by itself where it must', () => {
    const big = [{ name: 'a', bytes: 5_000_000_000, crc32: 1 }];
    expect(bundleLayout(big).bytes).toBe(bundleLayout(big, { large: true }).bytes);
    expect(bundleLayout(big).bytes).toBeGreaterThan(5_000_000_000);
  });
});

test('a cell that a spreadsheet would run is made text, and others are left alone', () => {
  for (const text of ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', '\n=1', '＝1', '＋1', '－1', '＠x'])
    expect(neutralCell(text)).toBe(`'${text}`);
  for (const text of ['', '6222 **** 1', 'a=b', '工商银行', ' 1']) expect(neutralCell(text)).toBe(text);
});

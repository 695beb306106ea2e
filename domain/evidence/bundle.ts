/** One file of a bundle; sizes are whole numbers below 2⁵³. */
export type BundleEntry = { readonly name: string; readonly bytes: number; readonly crc32: number };

/** Beyond this ZIP needs its 64-bit records. */
const PLAIN_MAX = 0xffff_ffff;

export type BundleLayout = {
  readonly bytes: number;
  /** What stands before the content of each entry. */
  readonly heads: readonly Uint8Array[];
  /** What stands behind the last. */
  readonly tail: Uint8Array;
};

/**
 * A ZIP archive that only stores: names, sizes and checksums decide every byte of it, so that the same files are the same archive, and a
 * verifier can tell any other bit. No times, no attributes, no comments. `large` forces the 64-bit records that big archives have.
 */
export function bundleLayout(entries: readonly BundleEntry[], { large = false } = {}): BundleLayout {
  const names = entries.map(({ name }) => new TextEncoder().encode(name));
  const content = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const wide = large || content + entries.length * 1_000 > PLAIN_MAX;
  const heads = entries.map((entry, n) => localHead(entry, names[n] as Uint8Array, wide));
  const records: Uint8Array[] = [];
  let at = 0;
  for (const [n, entry] of entries.entries()) {
    records.push(centralRecord(entry, names[n] as Uint8Array, at, wide));
    at += (heads[n] as Uint8Array).length + entry.bytes;
  }
  const directory = records.reduce((sum, { length }) => sum + length, 0);
  const tail = joined([...records, endRecords({ count: entries.length, directory, at, wide })]);
  return { bytes: at + tail.length, heads, tail };
}

function localHead({ bytes, crc32 }: BundleEntry, name: Uint8Array, wide: boolean): Uint8Array {
  const size = wide ? PLAIN_MAX : bytes;
  const extra = wide ? record([2, 1], [2, 16], [8, bytes], [8, bytes]) : new Uint8Array();
  return joined([record([4, 0x04034b50], ...common(wide, crc32, size), [2, name.length], [2, extra.length]), name, extra]);
}

function centralRecord({ bytes, crc32 }: BundleEntry, name: Uint8Array, at: number, wide: boolean): Uint8Array {
  const size = wide ? PLAIN_MAX : bytes;
  const extra = wide ? record([2, 1], [2, 24], [8, bytes], [8, bytes], [8, at]) : new Uint8Array();
  const place: Field[] = [
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, wide ? PLAIN_MAX : at],
  ];
  return joined([record([4, 0x02014b50], [2, wide ? 45 : 20], ...common(wide, crc32, size), ...place), name, extra]);
}

/** Version needed, names in UTF-8, stored, midnight of 1980-01-01, checksum, both sizes. */
function common(wide: boolean, crc32: number, size: number): Field[] {
  return [
    [2, wide ? 45 : 20],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc32],
    [4, size],
    [4, size],
  ];
}

function endRecords({ count, directory, at, wide }: { count: number; directory: number; at: number; wide: boolean }): Uint8Array {
  const plain = (value: number, most: number) => (wide ? most : value);
  const end = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, plain(count, 0xffff)],
    [2, plain(count, 0xffff)],
    [4, plain(directory, PLAIN_MAX)],
    [4, plain(at, PLAIN_MAX)],
    [2, 0],
  );
  if (!wide) return end;
  const large = record([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, directory], [8, at]);
  return joined([large, record([4, 0x07064b50], [4, 0], [8, at + directory], [4, 1]), end]);
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** Numbers one after the other, the lowest byte first. */
function record(...fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

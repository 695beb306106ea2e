import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawLine } from './feed-steps';
import { HEAD_BYTES_MAX, LINE_BYTES_MAX, LINES_MAX, readLines } from './read-lines';

async function linesOf(pieces: Iterable<Buffer>): Promise<RawLine[]> {
  async function* source() {
    yield* pieces;
  }
  const lines: RawLine[] = [];
  for await (const chunk of readLines(source())) lines.push(...chunk);
  return lines;
}

test('a body gives the same lines with the same numbers however it is cut into pieces', async () => {
  const text = fc.array(fc.constantFrom('a', '\n', '\r\n', 'é', '{"id":"1"}', '\n\n'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(80)), async (parts, cuts) => {
      const body = Buffer.from(parts.join(''));
      const at = [0, ...cuts.filter((cut) => cut < body.length).sort((a, b) => a - b), body.length];
      const pieces = at.slice(1).map((to, i) => body.subarray(at[i], to));
      const expected = body
        .toString()
        .split('\n')
        .map((line, i) => ({ lineNo: i + 1, text: line.replace(/\r$/, '') }))
        .filter((line) => line.text !== '');
      const found = (await linesOf(pieces)).map(({ lineNo, bytes }) => ({ lineNo, text: bytes.toString() }));
      expect(found).toEqual(expected);
    }),
  );
});

test('of a line of ten megabytes the head, the length and the digest stay, and its neighbours are whole', async () => {
  const long = Buffer.alloc(10_000_000, 'x');
  const body = Buffer.concat([Buffer.from('before\n'), long, Buffer.from('\nafter')]);
  const pieces = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, i) => body.subarray(i * 65_536, (i + 1) * 65_536));
  const [before, middle, after] = await linesOf(pieces);
  expect(before?.bytes.toString()).toBe('before');
  expect(after).toMatchObject({ lineNo: 3 });
  expect(after?.bytes.toString()).toBe('after');
  expect(middle?.bytes.length).toBe(HEAD_BYTES_MAX);
  expect(middle?.tooLong).toEqual({ length: long.length, digest: createHash('sha256').update(long).digest() });
});

test('a line of exactly the longest length passes, with and without a carriage return, and one byte more does not', async () => {
  const longest = 'x'.repeat(LINE_BYTES_MAX);
  const lines = await linesOf([Buffer.from(`${longest}\n${longest}\r\n${longest}x\n`)]);
  expect(lines.map(({ tooLong }) => tooLong === undefined)).toEqual([true, true, false]);
});

test('a body of more lines than a request may have is refused as a whole', async () => {
  await expect(linesOf([Buffer.alloc(LINES_MAX + 1, '\n')])).rejects.toMatchObject({ status: 413, reason: 'too-many-lines' });
});

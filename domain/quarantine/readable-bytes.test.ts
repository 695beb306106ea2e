import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexLines, readableText } from './readable-bytes';

test('no byte is lost, and none comes out as a character that is not seen', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = readableText(bytes);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(Buffer.from(unescaped(text))).toEqual(Buffer.from(bytes));
      expect(
        hexLines(bytes)
          .map(({ hex }) => hex.replaceAll(' ', ''))
          .join(''),
      ).toBe(Buffer.from(bytes).toString('hex'));
    }),
  );
});

test('NUL, a text direction override and half a sequence are named, Chinese is read', () => {
  expect(readableText(Buffer.concat([Buffer.from('{"名":"\0\u202e'), Buffer.from([0xe4, 0xb8])]))).toBe('{"名":"\\u{0}\\u{202e}\\xe4\\xb8');
});

function unescaped(text: string): number[] {
  const bytes: number[] = [];
  for (const [whole, backslash, point, byte] of text.matchAll(/(\\\\)|\\u\{([0-9a-f]+)\}|\\x([0-9a-f]{2})|[\s\S]/gu)) {
    if (byte) bytes.push(Number.parseInt(byte, 16));
    else bytes.push(...Buffer.from(backslash ? '\\' : point ? String.fromCodePoint(Number.parseInt(point, 16)) : whole));
  }
  return bytes;
}

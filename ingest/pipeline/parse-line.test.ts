import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLine } from './parse-line';
import { isRefusal } from './refusal';

const reasonOf = (text: string | Buffer) => {
  const parsed = parseLine(Buffer.from(text as string));
  return isRefusal(parsed) ? parsed.reason : 'object';
};

describe('a line of JSON', () => {
  test('is read as any JSON reader would where it is an object with every key once', () => {
    const object = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()));
    fc.assert(
      fc.property(object, (value) => {
        const text = JSON.stringify(value);
        const parsed = parseLine(Buffer.from(text));
        if (!isRefusal(parsed)) expect(parsed).toEqual(JSON.parse(text));
        else expect(['nul-character', 'lone-surrogate']).toContain(parsed.reason);
      }),
    );
  });

  test('is refused for each fault by its name', () => {
    expect(reasonOf('{"a":1')).toBe('json-syntax');
    expect(reasonOf('[1]')).toBe('json-syntax');
    expect(reasonOf('null')).toBe('json-syntax');
    expect(reasonOf('{"a":"\u0000"}')).toBe('nul-character');
    expect(reasonOf('{"a":"\\u0000"}')).toBe('nul-character');
    expect(reasonOf('{"a":"\\ud800"}')).toBe('lone-surrogate');
    expect(reasonOf('{"\\udc00":1}')).toBe('lone-surrogate');
    expect(reasonOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe('invalid-utf8');
    expect(reasonOf(`${'[{"a":'.repeat(30_000)}`)).toBe('too-deep');
    expect(reasonOf(`{"a":${'['.repeat(9)}${']'.repeat(9)}}`)).toBe('too-deep');
    expect(reasonOf('{"a":1e400}')).toBe('object');
  });

  test('is refused where a key is there twice, plainly, escaped, nested or behind a string that looks like one', () => {
    expect(reasonOf('{"a":1,"a":1}')).toBe('duplicate-key');
    expect(reasonOf('{"a":1,"\\u0061":2}')).toBe('duplicate-key');
    expect(reasonOf('{"p":{"x":1, "x" : 2}}')).toBe('duplicate-key');
    expect(reasonOf('{"a":"\\"a\\":","b":"a"}')).toBe('object');
    expect(reasonOf('{"p":{"x":1},"q":{"x":2}}')).toBe('object');
    expect(reasonOf('{"__proto__":1,"__proto__":2}')).toBe('duplicate-key');
  });

  test('never makes the reader throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof reasonOf(Buffer.from(bytes))).toBe('string');
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(255), (json, at, byte) => {
        const bytes = Buffer.from(json);
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        expect(typeof reasonOf(bytes)).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });
});

const suite = path.resolve('..', 'shared', 'data', 'payloads', 'JSONTestSuite', 'test_parsing');

test.skipIf(!fs.existsSync(suite))(
  'the JSON parsing suite: what must be refused is, what must parse is read or is no object of the feed',
  () => {
    for (const name of fs.readdirSync(suite)) {
      const bytes = fs.readFileSync(path.join(suite, name));
      const parsed = parseLine(bytes);
      if (name.startsWith('n_')) expect(isRefusal(parsed), name).toBe(true);
      if (name.startsWith('y_')) {
        const value = JSON.parse(bytes.toString('utf8')) as unknown;
        if (!isRefusal(parsed)) expect(parsed, name).toEqual(value);
        else if (typeof value !== 'object' || value === null || Array.isArray(value)) expect(parsed.reason, name).toBe('json-syntax');
        else expect(['duplicate-key', 'nul-character'], name).toContain(parsed.reason);
      }
    }
  },
);

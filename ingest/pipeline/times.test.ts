import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from './refusal';
import { microsOf, orderFault, timesFault } from './times';

const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 0, maxLength: 6 });
const offset = fc.constantFrom('Z', '+00:00', '+08:00', '-05:30', '+14:00');
const time = fc
  .tuple(fc.date({ min: new Date('1971-01-01'), max: new Date('2026-11-01'), noInvalidDate: true }), digits, offset)
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction ? `.${fraction}` : ''}${zone}`);

/** Microseconds by arithmetic on the parts, without the short cuts. */
function exactMicros(text: string): bigint {
  const [, whole = '', fraction = '', zone = ''] = /^(.{19})(?:\.(\d+))?(.+)$/.exec(text) ?? [];
  return BigInt(Date.parse(whole + zone)) * 1_000n + BigInt(fraction.padEnd(6, '0'));
}

test('a time is read to the microsecond, whatever its fraction and offset', () => {
  fc.assert(
    fc.property(time, (text) => {
      expect(BigInt(microsOf(text))).toBe(exactMicros(text));
    }),
  );
});

test('two times are in order exactly where their instants are, however each is written', () => {
  fc.assert(
    fc.property(time, time, fc.boolean(), (a, b, alike) => {
      const later = alike ? a.slice(0, 17) + b.slice(17) : b;
      const fault = orderFault({ first: a, second: later }, 'first', 'second');
      expect(fault === undefined).toBe(exactMicros(a) <= exactMicros(later));
    }),
    { numRuns: 1_000 },
  );
});

test('a time is refused from the first millisecond beyond five minutes ahead, and before 1970', () => {
  const nowMs = Date.parse('2026-11-23T01:00:00Z');
  const reasonAt = (text: string) => {
    const fault = timesFault({ at: text }, ['at'], nowMs);
    return fault && isRefusal(fault) ? fault.reason : undefined;
  };
  expect(reasonAt('2026-11-23T01:05:00.000Z')).toBeUndefined();
  expect(reasonAt('2026-11-23T01:05:00.001Z')).toBe('time-range');
  expect(reasonAt('1970-01-01T00:00:00Z')).toBeUndefined();
  expect(reasonAt('1969-12-31T23:59:59.999Z')).toBe('time-range');
});

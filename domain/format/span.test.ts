import { expect, test } from 'vitest';
import { spanText } from './span';

const at = (text: string) => new Date(`${text}+08:00`);
const now = at('2026-11-23T12:00');
const span = (from: string, to: string) => spanText({ from: at(from), to: at(to) }, now);

test('a span says its clock only where it is not of whole days, and its year where that is not the present one', () => {
  expect(span('2026-11-20T00:00', '2026-11-21T00:00')).toBe('11-20');
  expect(span('2026-11-20T00:00', '2026-11-23T00:00')).toBe('11-20 – 11-22');
  expect(span('2026-11-20T09:00', '2026-11-21T00:00')).toBe('11-20 09:00 – 11-21 00:00');
  expect(span('1993-01-01T00:00', '1999-01-01T00:00')).toBe('1993-01-01 – 1998-12-31');
  expect(span('2025-12-31T20:00', '2026-01-01T08:00')).toBe('2025-12-31 20:00 – 01-01 08:00');
});

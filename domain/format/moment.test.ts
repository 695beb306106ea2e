import { expect, test } from 'vitest';
import { dayText, momentText } from './moment';

const now = new Date('2026-11-23T09:46:52Z');

test('a moment of this year goes without its year', () => {
  expect(momentText(new Date('2026-11-22T10:00:00Z'), now)).toBe('11-22 18:00');
  expect(dayText(new Date('2026-11-22T10:00:00Z'), now)).toBe('11-22');
});

test('a moment of another year in business time says which', () => {
  expect(momentText(new Date('1993-12-31T10:00:00Z'), now)).toBe('1993-12-31 18:00');
  expect(dayText(new Date('2025-12-31T15:59:59Z'), now)).toBe('2025-12-31');
  expect(dayText(new Date('2025-12-31T16:00:00Z'), now)).toBe('01-01');
});

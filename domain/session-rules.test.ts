import { expect, test } from 'vitest';
import { localAddress } from './local-address';
import { backOffMs, sessionEnd } from './session-rules';

const now = new Date('2026-11-23T09:00:00Z');
const session = { lastSeenAt: now, expiresAt: new Date(now.getTime() + 1), revokedAt: null, userDisabledAt: null };
const limits = { idleMs: 900_000 };

test('a session acts until the moment it is idle, expired, revoked or its person disabled, and not after', () => {
  expect(sessionEnd(session, limits, now)).toBeUndefined();
  expect(sessionEnd({ ...session, expiresAt: now }, limits, now)).toBe('expired');
  expect(sessionEnd({ ...session, lastSeenAt: new Date(now.getTime() - 899_999) }, limits, now)).toBeUndefined();
  expect(sessionEnd({ ...session, lastSeenAt: new Date(now.getTime() - 900_000) }, limits, now)).toBe('idle');
  expect(sessionEnd({ ...session, revokedAt: now }, limits, now)).toBe('revoked');
  expect(sessionEnd({ ...session, userDisabledAt: now }, limits, now)).toBe('disabled');
});

test('the fifth failure in a row starts to wait, each further one doubles it up to a quarter of an hour', () => {
  expect([1, 2, 3, 4].map(backOffMs)).toEqual([0, 0, 0, 0]);
  expect([5, 6, 7].map(backOffMs)).toEqual([30_000, 60_000, 120_000]);
  expect(backOffMs(1_000_000)).toBe(900_000);
});

test('signing in never leads to another site', () => {
  for (const wish of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '',
    '/api/live',
    '/sign-in?from=/',
  ])
    expect(localAddress(wish)).toBe('/overview');
  expect(localAddress('/flows?range=7d')).toBe('/flows?range=7d');
});

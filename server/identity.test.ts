import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountKeys, messageKeyOf, transactionKeyOf } from './identity';

const key = Buffer.alloc(32, 7).toString('base64');

test('an account’s pseudonym is the first half of HMAC-SHA-256 over institution and number, for ever', () => {
  const keys = new AccountKeys(key);
  const pseudonym = Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), '', 'account pseudonym', 32));
  fc.assert(
    fc.property(fc.nat(), fc.string({ unit: 'binary' }), (institutionId, number) => {
      const hmac = createHmac('sha256', pseudonym).update(`${institutionId}\0${number}`).digest('hex');
      expect(keys.idOf(institutionId, number).replaceAll('-', '')).toBe(hmac.slice(0, 32));
    }),
  );
  expect(keys.idOf(1, '6222021234561182')).not.toBe(new AccountKeys(Buffer.alloc(32, 8).toString('base64')).idOf(1, '6222021234561182'));
});

test('a sealed number opens again under the same key, is sealed differently each time, and does not open once changed', () => {
  const keys = new AccountKeys(key);
  const sealed = Array.from({ length: 600 }, () => keys.seal('6222021234561182'));
  expect(new Set(sealed.map((bytes) => bytes.subarray(0, 12).toString('hex'))).size).toBe(600);
  for (const bytes of sealed) expect(keys.open(bytes)).toBe('6222021234561182');
  const changed = Buffer.from(sealed[0] as Buffer);
  changed[changed.length - 1] = (changed[changed.length - 1] as number) ^ 1;
  expect(() => keys.open(changed)).toThrow();
});

test('keys of transactions and messages stay what they were: they are the memory of what was accepted', () => {
  expect(transactionKeyOf('2026112309465200000001')).toBe('6a039dad-69f3-8091-877e-131ac5f7d09d');
  expect(messageKeyOf({ institutionId: 7, feed: 'legs', messageId: 'T payer_bank S1' })).toBe('41f92a1b-fafc-8b9f-ac82-e3f1ef315ff8');
});

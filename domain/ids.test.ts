import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountId } from './ids';

test('any 128 bits are an account’s id: a pseudonym has no version or variant of a UUID', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
      expect(AccountId.safeParse(id).success).toBe(true);
    }),
  );
  for (const text of ['', 'x', '1a045838', "' or 1=1 --"]) expect(AccountId.safeParse(text).success).toBe(false);
});

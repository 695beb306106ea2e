import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hhi, indexPoints, shareSquared } from '../flows/concentration';
import { CONCENTRATED, shareholders } from './shareholders';

const corridors = fc.array(
  fc.record({
    payerId: fc.integer({ min: 1, max: 9 }),
    payeeId: fc.integer({ min: 1, max: 9 }),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 16n }),
    payments: fc.bigInt({ min: 1n, max: 1000n }),
  }),
  { minLength: 1, maxLength: 40 },
);

test('the shares add up to all that was cleared, largest first, whatever they are asked of', () => {
  fc.assert(
    fc.property(corridors, fc.constantFrom(...CONCENTRATED), (given, of) => {
      const rows = shareholders(given, of);
      const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);
      expect(sum(rows.map(({ minor }) => minor))).toBe(sum(given.map(({ amountMinor }) => amountMinor)));
      expect(sum(rows.map(({ payments }) => payments))).toBe(sum(given.map(({ payments }) => payments)));
      expect(rows.every(({ minor }, i) => i === 0 || minor <= (rows[i - 1]?.minor ?? 0n))).toBe(true);
    }),
  );
});

test('what each adds to the index adds up to the index', () => {
  fc.assert(
    fc.property(corridors, (given) => {
      const amounts = shareholders(given, 'payers').map(({ minor }) => minor);
      const total = amounts.reduce((sum, amount) => sum + amount, 0n);
      expect(indexPoints(amounts.reduce((sum, amount) => sum + shareSquared(amount, total), 0n))).toBe(hhi(amounts));
    }),
  );
});

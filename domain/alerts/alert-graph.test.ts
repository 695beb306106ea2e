import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertGraph, LAYER_MAX } from './alert-graph';

const pay = (payer: string, payee: string, atMs: number, minor = 100n) => ({ payer, payee, atMs, amountMinor: minor });

test('a fan-in stands as many on the left and one on the right, the smallest folded', () => {
  const graph = alertGraph(
    Array.from({ length: 20 }, (_, i) => pay(`p${i}`, 'hub', i, BigInt(100 + i))),
    'hub',
  );
  expect(graph?.layers).toBe(2);
  expect(graph?.nodes.filter(({ layer }) => layer === 0)).toHaveLength(LAYER_MAX);
  expect(graph?.nodes.find(({ id }) => id === 'folded:0')?.accounts).toBe(20 - LAYER_MAX + 1);
  expect(graph?.nodes.find(({ id }) => id === 'p19')?.place).toBe(0);
});

test('a ring runs forward once around and back on its last way', () => {
  const graph = alertGraph([pay('a', 'b', 1), pay('b', 'c', 2), pay('c', 'a', 3)], 'a');
  expect(graph?.layers).toBe(3);
  expect(graph?.edges.map(({ from, isBack }) => [from, isBack])).toEqual([
    ['a', false],
    ['b', false],
    ['c', true],
  ]);
});

test('whatever the payments, every account and every amount is in the picture', () => {
  const account = fc.integer({ min: 0, max: 12 }).map((n) => `a${n}`);
  const payments = fc.array(
    fc.record({ payer: account, payee: account, atMs: fc.nat(50), amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(payments, (all) => {
      const graph = alertGraph(all, 'a0');
      const accounts = new Set(all.flatMap(({ payer, payee }) => [payer, payee]));
      expect(graph?.nodes.reduce((sum, node) => sum + node.accounts, 0)).toBe(accounts.size);
      expect(graph?.edges.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(
        all.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      );
      const known = new Set(graph?.nodes.map(({ id }) => id));
      expect(graph?.edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
      if (accounts.has('a0')) expect(known.has('a0')).toBe(true);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backAddress, transactionPath } from './transaction-path';

const key = '9dc3ea61-f28a-8ea3-8745-29126230d8d2';

test('the address of any payment is one segment below the list, and stays there', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\x21-\x7e]{1,64}$/), (id) => {
      const url = new URL(transactionPath({ id, key }), 'http://console');
      expect([id, key]).toContain(decodeURIComponent(url.pathname.slice('/transactions/'.length)));
      expect(url.pathname.split('/')).toHaveLength(3);
    }),
  );
  for (const id of ['..', '.', 'a/b', 'a%2Fb', '?x', '#']) expect(transactionPath({ id, key })).toBe(`/transactions/${key}`);
});

test('a breadcrumb leads back into the console and nowhere else', () => {
  expect(backAddress('/transactions?payer=B0101&range=24h')).toBe('/transactions?payer=B0101&range=24h');
  expect(backAddress('/flows/B0101/B0108')).toBe('/flows/B0101/B0108');
  for (const from of [
    '//evil.example',
    'https://evil.example',
    '/\\evil',
    'javascript:alert(1)',
    '/transactions//evil',
    '/api/auth/signout',
    undefined,
    ['/flows'],
  ])
    expect(backAddress(from)).toBeUndefined();
});

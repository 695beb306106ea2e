import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterQuery, parseTransactionFilter, searchText } from './transaction-filter';

test('whatever stands in the address bar is a filter or nothing, never an error', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.string()),
    fc.constantFrom('succeeded,nope', 'CNY', '1e400', '-5', '\0'),
  );
  const params = fc.dictionary(fc.constantFrom('currency', 'payer', 'type', 'status', 'route', 'account', 'min', 'max', 'q', 'x'), value);
  fc.assert(
    fc.property(params, (given) => {
      const filter = parseTransactionFilter(given, 'CNY');
      expect(filter.q).not.toMatch(/\p{C}/u);
      expect(() => encodeURIComponent(filter.q)).not.toThrow();
      expect(filter.q.length).toBeLessThanOrEqual(100);
      if (filter.minMinor !== undefined || filter.maxMinor !== undefined) expect(filter.currency).toBeDefined();
    }),
  );
});

test('lists keep what is known, in one order, once', () => {
  const filter = parseTransactionFilter(
    { type: 'refund,agreement,refund,nope', status: 'unknown,succeeded', payer: 'B0101,,B0101' },
    'CNY',
  );
  expect(filter).toMatchObject({ types: ['agreement', 'refund'], statuses: ['succeeded', 'unknown'], payers: ['B0101'] });
});

test('an amount bound counts minor units of its currency, and brings a currency along', () => {
  expect(parseTransactionFilter({ min: '100050' }, 'CNY')).toMatchObject({ currency: 'CNY', minMinor: 100_050n });
  expect(parseTransactionFilter({ min: '1000', currency: 'JPY' }, 'CNY')).toMatchObject({ currency: 'JPY', minMinor: 1000n });
  expect(parseTransactionFilter({ min: '10.5' }, 'CNY').minMinor).toBeUndefined();
});

test('a received payment is asked for as unknown, as it is counted', () => {
  expect(parseTransactionFilter({ status: 'received' }, 'CNY').statuses).toEqual(['unknown']);
});

test('the query of a filter leaves out what does not filter', () => {
  expect(filterQuery({ q: 'a', range: '24h', view: 'x', payer: 'B0101', status: '' }).toString()).toBe('range=24h&payer=B0101&q=a');
});

test('pasted ids lose what the clipboard adds, and nothing else', () => {
  expect(searchText('\u200b  S000000000005\0\n')).toBe('S000000000005');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterQuery, misreadParts, parseTransactionFilter, searchText } from './transaction-filter';

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

test('what stands in the address and cannot be read is named, and never passed over', () => {
  const misread = (params: Record<string, string | string[]>) =>
    misreadParts(params, 'CNY').map(({ key, text, rest }) => `${key} ${text}${rest === null ? '' : ` leaves ${rest}`}`);
  expect(misread({ status: 'failed', type: 'refund', q: '1234', range: '24h', currency: 'JPY', min: '5', compare: 'none' })).toEqual([]);
  expect(misread({ status: 'succeeded,nope,failed' })).toEqual(['status nope leaves succeeded,failed']);
  expect(misread({ status: 'nope', route: 'by sea', type: 'loan', final: 'perhaps' })).toEqual([
    'type loan',
    'status nope',
    'route by sea',
    'final perhaps',
  ]);
  expect(misread({ range: "1'--" })).toEqual(["range 1'--"]);
  expect(misread({ range: '2026-11-23~2026-11-22' })).toEqual(['range 2026-11-23~2026-11-22']);
  expect(misread({ currency: 'DOGE' })).toEqual(['currency DOGE']);
  expect(misread({ currency: ['CNY', 'USD'] })).toEqual(['currency CNY, USD']);
  expect(misread({ payer: 'B0101,-- ', intermediary: ',' })).toEqual(['payer -- leaves B0101', 'intermediary ,']);
  expect(misread({ account: 'x' })).toEqual(['account x']);
  expect(misread({ min: '10.5', max: '1e400' })).toEqual(['min 10.5', 'max 1e400']);
  expect(misread({ q: '\0' })).toEqual(['q \\u{0}']);
  expect(misread({ q: '9'.repeat(101) })).toEqual([`q ${'9'.repeat(101)}`]);
  expect(misread({ statsu: 'failed' })).toEqual(['statsu failed']);
  expect(misread({ constructor: '1' })).toEqual(['constructor 1']);
});

test('an address either narrows by what it says or owns up to what it could not read', () => {
  const key = fc.constantFrom('payer', 'payee', 'institution', 'intermediary', 'type', 'status', 'route', 'account', 'currency', 'q');
  fc.assert(
    fc.property(key, fc.string({ unit: 'binary', minLength: 1 }), (name, text) => {
      const params = { [name]: text };
      const narrows = JSON.stringify(parseTransactionFilter(params, 'CNY')) !== JSON.stringify(parseTransactionFilter({}, 'CNY'));
      if (text.trim() !== '') expect(narrows || misreadParts(params, 'CNY').length > 0).toBe(true);
    }),
  );
});

test('a filter that is given twice counts as one list', () => {
  expect(parseTransactionFilter({ payer: ['B0101,B0102', 'B0103'] }, 'CNY').payers).toEqual(['B0101', 'B0102', 'B0103']);
  expect(filterQuery({ payer: ['B0101,B0102', 'B0103'] }).toString()).toBe('payer=B0101%2CB0102%2CB0103');
});

import { expect, test } from 'vitest';
import { misreadParameters, parseQuarantineFilter } from './quarantine-filter';

test('what stands in the address and cannot be read is named, and never passed over', () => {
  expect(
    misreadParameters({ state: 'all', feed: 'legs', reason: 'amount-scale', institution: 'B0101', range: '7d', before: '12' }),
  ).toEqual([]);
  expect(misreadParameters({ compare: 'none', currency: 'CNY', state: '' })).toEqual([]);
  expect(
    misreadParameters({ state: 'shut', feed: 'mail', reason: '<b>', institution: '--', range: 'x', before: '-1', feeds: 'legs' }),
  ).toEqual([
    { key: 'state', text: 'shut' },
    { key: 'feed', text: 'mail' },
    { key: 'reason', text: '<b>' },
    { key: 'institution', text: '--' },
    { key: 'range', text: 'x' },
    { key: 'before', text: '-1' },
    { key: 'feeds', text: 'legs' },
  ]);
  expect(misreadParameters({ feed: ['legs', 'transactions'] })).toEqual([{ key: 'feed', text: 'legs, transactions' }]);
});

test('without an address the open lines are asked for', () => {
  expect(parseQuarantineFilter({})).toEqual({ state: 'open', reason: undefined, feed: undefined, institution: undefined });
});

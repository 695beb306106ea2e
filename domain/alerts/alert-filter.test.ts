import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AGES, type AlertFilter, alertSearch, parseAlertFilter, QUEUES, SORTS } from './alert-filter';
import { ALERT_SEVERITIES, ALERT_STATES } from './alert-states';

const some = <T>(all: readonly T[]) => fc.subarray([...all]);
const filters: fc.Arbitrary<AlertFilter> = fc
  .record({
    queue: fc.constantFrom(...QUEUES),
    severities: some(ALERT_SEVERITIES),
    sources: some(['fan-in', 'barcode-tier-d', 'surge']),
    institutions: some(['ICBK', 'NUCC']),
    age: fc.constantFrom(undefined, ...AGES),
    states: some(ALERT_STATES),
    sort: fc.constantFrom(...SORTS),
  })
  .map((filter) => ({ ...filter, states: filter.queue === 'all' ? filter.states : [] }));

test('a filter read back from its own address is the same filter', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      expect(parseAlertFilter(alertSearch(filter))).toEqual(filter);
    }),
  );
});

test('no address throws, and what is read has one address', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('queue', 'severity', 'source', 'institution', 'age', 'state', 'sort'), fc.string()),
      (search) => {
        const read = parseAlertFilter(search);
        expect(parseAlertFilter(alertSearch(read))).toEqual(read);
      },
    ),
  );
});

test('the plain address is the open queue by score', () => {
  expect(alertSearch(parseAlertFilter({}))).toEqual({});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClearingRecord, type Debit, MATCHING_RULE, matchDebits } from './matching';

const SECOND = 1_000_000;
const base = { bankId: 1, institutionId: 9, businessType: 'agreement', currency: 'CNY', amountMinor: 10_000n, agreementNo: null } as const;
const debit = (key: string, seconds: number, changes: Partial<Debit> = {}): Debit => ({
  ...base,
  key,
  atMicros: seconds * SECOND,
  reference: null,
  ...changes,
});
const record = (key: string, seconds: number, changes: Partial<ClearingRecord> = {}): ClearingRecord => ({
  ...base,
  key,
  atMicros: seconds * SECOND,
  ...changes,
});

// Few values, so that debits and records really compete.
const someDebit = fc.record({
  key: fc.integer({ min: 0, max: 40 }).map((n) => `d${n}`),
  atMicros: fc.integer({ min: 0, max: 1_200 }).map((n) => n * SECOND),
  amountMinor: fc.constantFrom(100n, 200n),
  agreementNo: fc.constantFrom(null, null, 'A', 'B'),
  institutionId: fc.constantFrom(8, 9),
  reference: fc.option(
    fc.integer({ min: 0, max: 40 }).map((n) => `r${n}`),
    { nil: null, freq: 2 },
  ),
});
const someRecord = fc.record({
  key: fc.integer({ min: 0, max: 40 }).map((n) => `r${n}`),
  atMicros: fc.integer({ min: 0, max: 1_200 }).map((n) => n * SECOND),
  amountMinor: fc.constantFrom(100n, 200n),
  agreementNo: fc.constantFrom(null, null, 'A', 'B'),
  institutionId: fc.constantFrom(8, 9),
});
const world = fc.record({
  debits: fc
    .uniqueArray(someDebit, { selector: ({ key }) => key, maxLength: 40 })
    .map((made) => made.map((one): Debit => ({ ...base, ...one }))),
  records: fc
    .uniqueArray(someRecord, { selector: ({ key }) => key, maxLength: 40 })
    .map((made) => made.map((one): ClearingRecord => ({ ...base, ...one }))),
});
const answer = (debits: readonly Debit[], records: readonly ClearingRecord[]) =>
  [...matchDebits(debits, records)]
    .map(([key, verdict]) => [key, verdict.kind, verdict.reason, verdict.kind === 'matched' ? verdict.record.key : ''])
    .sort();

describe('matching of debits to clearing records', () => {
  test('gives the same answer in whatever order and however often debits and records come', () => {
    fc.assert(
      fc.property(
        world.chain((made) =>
          fc.record({
            made: fc.constant(made),
            debits: fc.shuffledSubarray([...made.debits, ...made.debits], { minLength: made.debits.length * 2 }),
            records: fc.shuffledSubarray([...made.records, ...made.records], { minLength: made.records.length * 2 }),
          }),
        ),
        ({ made, debits, records }) => {
          expect(answer(debits, records)).toEqual(answer(made.debits, made.records));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('gives every debit one verdict, a debit one record at most, and a record one debit at most', () => {
    fc.assert(
      fc.property(world, ({ debits, records }) => {
        const verdicts = matchDebits(debits, records);
        expect([...verdicts.keys()].sort()).toEqual(debits.map(({ key }) => key).sort());
        const used = [...verdicts.values()].flatMap((verdict) => (verdict.kind === 'matched' ? [verdict.record.key] : []));
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });

  test('never matches what differs in bank, currency or amount, nor by keys what differs in institution, type or agreement', () => {
    fc.assert(
      fc.property(world, ({ debits, records }) => {
        const verdicts = matchDebits(debits, records);
        for (const one of debits) {
          const verdict = verdicts.get(one.key);
          if (verdict?.kind !== 'matched') continue;
          expect(verdict.record.amountMinor).toBe(one.amountMinor);
          if (verdict.reason === 'reference') {
            expect(verdict.record.key).toBe(one.reference);
            continue;
          }
          expect(one.reference).toBeNull();
          expect(verdict.record.institutionId).toBe(one.institutionId);
          expect(Math.abs(verdict.record.atMicros - one.atMicros)).toBeLessThanOrEqual(MATCHING_RULE.keysToleranceMicros);
          if (one.agreementNo && verdict.record.agreementNo) expect(verdict.record.agreementNo).toBe(one.agreementNo);
        }
      }),
    );
  });

  test('answers for a stretch of time as for all of it where no event is near its ends', () => {
    fc.assert(
      fc.property(world, ({ debits, records }) => {
        // Only key debits compete over time; a gap wider than the tolerance parts them.
        const plain = debits.map((one) => ({ ...one, reference: null }));
        const shift = 1_200 * SECOND + MATCHING_RULE.keysToleranceMicros + 1;
        const later = {
          debits: plain.map((one) => ({ ...one, key: `${one.key}-`, atMicros: one.atMicros + shift })),
          records: records.map((one) => ({ ...one, key: `${one.key}-`, atMicros: one.atMicros + shift })),
        };
        const whole = answer([...plain, ...later.debits], [...records, ...later.records]);
        expect(whole).toEqual([...answer(plain, records), ...answer(later.debits, later.records)].sort());
      }),
    );
  });

  test('a named record goes to the earliest debit that fits it, and the others say why not', () => {
    const verdicts = matchDebits(
      [
        debit('twice', 30, { reference: 'r' }),
        debit('first', 20, { reference: 'r' }),
        debit('dear', 10, { reference: 'r', amountMinor: 10_001n }),
        debit('lost', 10, { reference: 'nowhere' }),
        debit('old', 10 - 86_401, { reference: 'r' }),
      ],
      [record('r', 10)],
    );
    expect(Object.fromEntries([...verdicts].map(([key, { reason }]) => [key, reason]))).toEqual({
      first: 'reference',
      twice: 'reference-taken',
      dear: 'reference-differs',
      lost: 'reference-unknown',
      old: 'reference-differs',
    });
  });

  test('a debit that names nothing takes no record that another debit names', () => {
    const verdicts = matchDebits([debit('plain', 10), debit('named', 90, { reference: 'r' })], [record('r', 10)]);
    expect(verdicts.get('named')?.kind).toBe('matched');
    expect(verdicts.get('plain')).toEqual({ kind: 'residual', reason: 'no-record' });
  });

  test('two minutes are near, a microsecond more is not', () => {
    expect(matchDebits([debit('d', 120)], [record('r', 0)]).get('d')?.kind).toBe('matched');
    expect(matchDebits([debit('d', 120, { atMicros: 120 * SECOND + 1 })], [record('r', 0)]).get('d')?.kind).toBe('residual');
  });
});

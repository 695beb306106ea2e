import { describe, expect, test } from 'vitest';
import { type AgentEntry, compareWithAgent } from './agent-comparison';

const cutOffAtMs = Date.parse('2026-11-23T08:00:00Z');
const entry = (given: Partial<AgentEntry>): AgentEntry => ({
  institutionId: 1,
  currency: 'CNY',
  reference: 'R1',
  netMinor: -100n,
  status: 'booked',
  reversal: false,
  bookedAtMs: cutOffAtMs + 300_000,
  valueDate: '2026-11-23',
  ...given,
});
const other = entry({ institutionId: 2, reference: 'R2', netMinor: 100n });
const positions = [
  { institutionId: 1, currency: 'CNY', netMinor: -100n },
  { institutionId: 2, currency: 'CNY', netMinor: 100n },
  { institutionId: 3, currency: 'CNY', netMinor: 0n },
  { institutionId: 1, currency: 'USD', netMinor: 7n },
];
const compare = (...entries: AgentEntry[]) => compareWithAgent({ positions, entries, cutOffAtMs, valueDates: ['2026-11-23'] });
const kinds = (...entries: AgentEntry[]) => compare(...entries).breaks.map(({ kind, institutionId }) => `${kind} ${institutionId}`);

describe("the settlement agent's bookings", () => {
  test('confirm positions that they equal, and say when the last one was made', () => {
    const cny = positions.filter(({ currency }) => currency === 'CNY');
    const all = compareWithAgent({ positions: cny, entries: [entry({}), other], cutOffAtMs, valueDates: ['2026-11-23'] });
    expect(all).toMatchObject({ breaks: [], confirmed: 2, toConfirm: 2, finalAtMs: cutOffAtMs + 300_000 });
    expect([...all.sums]).toEqual([['CNY', 0n]]);
  });

  test('that have not begun in a currency miss nothing in it, and confirm nothing either', () => {
    expect(compare(entry({}), other)).toMatchObject({ breaks: [], confirmed: 2, toConfirm: 3, finalAtMs: null });
    expect(compare()).toMatchObject({ breaks: [], confirmed: 0, finalAtMs: null });
  });

  test('differ in each of the six ways', () => {
    expect(kinds(other)).toEqual(['missing 1']);
    expect(kinds(entry({}), other, entry({ institutionId: 4, reference: 'R4', netMinor: 5n }))).toEqual(['missing 4']);
    expect(kinds(entry({}), entry({ reference: 'R9' }), other)).toEqual(['duplicate 1']);
    expect(kinds(entry({ netMinor: -99n }), other)).toEqual(['amount 1']);
    expect(kinds(entry({ status: 'pending', bookedAtMs: null }), other)).toEqual(['status 1']);
    expect(kinds(entry({}), entry({ reference: 'R9', netMinor: 100n, reversal: true }), other)).toEqual(['status 1']);
    expect(kinds(entry({ valueDate: '2026-11-24' }), other)).toEqual(['date-cut 1']);
    expect(kinds(entry({ bookedAtMs: cutOffAtMs - 1 }), other)).toEqual(['order 1']);
  });

  test('may come in parts, and once announced may be booked under the same reference', () => {
    expect(kinds(entry({ netMinor: -40n }), entry({ reference: 'R9', netMinor: -60n }), other)).toEqual([]);
    expect(kinds(entry({ status: 'pending', bookedAtMs: null }), entry({}), other)).toEqual([]);
  });

  test('say the same in whatever order they come', () => {
    const entries = [entry({}), entry({ reference: 'R9' }), other, entry({ institutionId: 4, reference: 'R4', netMinor: 5n })];
    expect(compare(...entries)).toEqual(compare(...entries.toReversed()));
  });
});

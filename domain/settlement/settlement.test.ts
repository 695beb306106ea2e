import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaymentFact } from '../clearing/rollup';
import { TRANSACTION_STATUSES, type TransactionStatus } from '../clearing/transaction';
import { BUSINESS_OFFSET_MS, DAY_MS } from '../time-range';
import { minuteWithin, SessionBook } from './booking';
import { capUsePpm, headroomMinutes, intradayPeak } from './cap-use';
import { ChunkBookings } from './chunk-bookings';
import { largestOut, netPositions } from './largest-out';
import { netOf, nettingEfficiencyPpm, sessionSums } from './net-position';
import { cutOffsFault, SessionCalendar } from './session-calendar';
import { unsettledByAge } from './unsettled-age';

const at = (text: string) => Date.parse(`${text}+08:00`);
const twelve = { fromDay: 0, cutOffs: Array.from({ length: 12 }, (_, n) => (n + 1) * 120) };

describe('the calendar of sessions', () => {
  test('numbers the sessions of a day, and each begins where the one before ended', () => {
    const calendar = new SessionCalendar([twelve]);
    expect(calendar.sessionAt(at('2026-11-23T00:00:00')).no).toBe('20261123-01');
    expect(calendar.sessionAt(at('2026-11-23T05:59:59.999')).no).toBe('20261123-03');
    expect(calendar.sessionAt(at('2026-11-23T23:59:59')).no).toBe('20261123-12');
    expect(calendar.after(calendar.sessionAt(at('2026-11-23T23:00:00'))).no).toBe('20261124-01');
  });

  test('lets a session begin the evening before, where the last cut-off is earlier than midnight', () => {
    const calendar = new SessionCalendar([{ fromDay: 0, cutOffs: [9 * 60, 21 * 60] }]);
    const night = calendar.sessionAt(at('2026-11-22T23:30:00'));
    expect(night).toMatchObject({ no: '20261123-01', opensAtMs: at('2026-11-22T21:00:00'), cutOffAtMs: at('2026-11-23T09:00:00') });
  });

  test('has every moment in exactly one session, across versions of the schedule', () => {
    const cutOffs = fc
      .uniqueArray(fc.integer({ min: 1, max: 1440 }), { minLength: 1, maxLength: 8 })
      .map((minutes) => minutes.sort((a, b) => a - b));
    fc.assert(
      fc.property(cutOffs, cutOffs, fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }), (one, other, offset) => {
        const change = Math.floor((at('2026-11-23T00:00:00') + BUSINESS_OFFSET_MS) / DAY_MS);
        const calendar = new SessionCalendar([
          { fromDay: 0, cutOffs: one },
          { fromDay: change, cutOffs: other },
        ]);
        const moment = at('2026-11-23T00:00:00') + offset;
        const session = calendar.sessionAt(moment);
        expect(session.opensAtMs).toBeLessThanOrEqual(moment);
        expect(session.cutOffAtMs).toBeGreaterThan(moment);
        expect(calendar.sessionAt(session.opensAtMs)).toEqual(session);
        expect(calendar.sessionAt(session.cutOffAtMs - 1)).toEqual(session);
        const next = calendar.after(session);
        expect(next.opensAtMs).toBe(session.cutOffAtMs);
        expect(next.no > session.no).toBe(true);
      }),
    );
  });

  test('takes no cut-offs that are no schedule', () => {
    expect(cutOffsFault([])).toBe('none');
    expect(cutOffsFault([0, 60])).toBe('outside-the-day');
    expect(cutOffsFault([60, 60])).toBe('not-ascending');
    expect(cutOffsFault([60.5])).toBe('outside-the-day');
    expect(cutOffsFault([540, 1440])).toBeNull();
  });
});

type Told = { readonly key: string; readonly fact: PaymentFact; readonly status: TransactionStatus };
const payments = fc.uniqueArray(
  fc.record({
    key: fc.uuid(),
    fact: fc.record({
      acceptedAtMs: fc.integer({ min: at('2026-11-23T00:00:00'), max: at('2026-11-23T08:00:00') }),
      currency: fc.constantFrom('CNY', 'USD'),
      businessType: fc.constant('transfer' as const),
      route: fc.constantFrom('cleared' as const, 'cleared' as const, 'direct' as const),
      payerId: fc.integer({ min: 1, max: 5 }),
      intermediaryId: fc.constant(null),
      payeeId: fc.integer({ min: 1, max: 5 }),
      amountMinor: fc.bigInt({ min: 1n, max: 10n ** 17n }),
    }),
    status: fc.constantFrom(...TRANSACTION_STATUSES),
  }),
  { selector: ({ key }) => key, maxLength: 40 },
);

/** Books as the monitor does, session by session, where some sessions close between the chunks. */
function booked(chunks: readonly { readonly told: readonly Told[]; readonly closes: number }[]): ReadonlyMap<string, SessionBook> {
  const calendar = new SessionCalendar([twelve]);
  const books = new Map<string, SessionBook>();
  const closed = new Set<string>();
  const seen = new Map<string, TransactionStatus>();
  for (const { told, closes } of chunks) {
    const chunk = new ChunkBookings();
    for (const { key, fact, status } of told) {
      // The gateway lets a payment in once; after that only its status moves.
      const was = seen.get(key);
      if (was === undefined) chunk.payment(key, fact, status);
      else chunk.move(key, fact, was, status);
      seen.set(key, status);
    }
    for (const booking of chunk.bookings()) {
      let session = calendar.sessionAt(booking.acceptedAtMs);
      while (closed.has(session.no)) session = calendar.after(session);
      const book = books.get(session.no) ?? new SessionBook();
      books.set(session.no, book);
      book.book(booking, minuteWithin(session, booking.acceptedAtMs));
    }
    for (let n = 0, session = calendar.sessionAt(at('2026-11-23T00:00:00')); n < closes; n++, session = calendar.after(session))
      closed.add(session.no);
  }
  return books;
}

const nets = (books: ReadonlyMap<string, SessionBook>) => {
  const sums = new Map<string, bigint>();
  for (const book of books.values()) for (const [key, position] of book.positions) sums.set(key, (sums.get(key) ?? 0n) + netOf(position));
  return new Map([...sums].filter(([, net]) => net !== 0n).sort());
};

describe('net positions', () => {
  test('sum to zero in every session and currency, whatever the order, duplication and lateness of the feed', () => {
    const feed = payments.chain((given) =>
      fc
        .array(
          fc.record({
            told: fc.array(fc.record({ pick: fc.nat(), status: fc.constantFrom(...TRANSACTION_STATUSES) }), { maxLength: 12 }),
            closes: fc.nat({ max: 5 }),
          }),
          { minLength: 1, maxLength: 6 },
        )
        .map((chunks) =>
          chunks.map(({ told, closes }) => ({
            closes,
            told: given.length === 0 ? [] : told.map(({ pick, status }) => ({ ...(given[pick % given.length] as Told), status })),
          })),
        ),
    );
    fc.assert(
      fc.property(feed, (chunks) => {
        for (const book of booked(chunks).values()) {
          for (const currency of ['CNY', 'USD']) {
            const positions = [...book.positions.values()].filter((position) => position.currency === currency);
            const sums = sessionSums(positions);
            expect(sums.sumMinor).toBe(0n);
            expect(sums.inMinor).toBe(sums.outMinor);
            const corridors = [...book.pairs.values()].filter((pair) => pair.currency === currency);
            const fromPairs = netPositions(corridors);
            for (const position of positions) expect(fromPairs.get(position.institutionId) ?? 0n).toBe(netOf(position));
            for (const { institutionId, inMinor, outMinor } of positions) {
              const minutes = [...book.minutes.values()].filter((row) => row.institutionId === institutionId && row.currency === currency);
              expect(minutes.reduce((sum, row) => sum + row.inMinor, 0n)).toBe(inMinor);
              expect(minutes.reduce((sum, row) => sum + row.outMinor, 0n)).toBe(outMinor);
            }
          }
        }
      }),
    );
  });

  test('over all sessions are the same however late and in whatever chunks the same payments come', () => {
    fc.assert(
      fc.property(payments, fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 5 }), fc.func(fc.nat()), (given, closings, order) => {
        const shuffled = [...given].sort((a, b) => order(a.key) - order(b.key));
        const size = Math.ceil(shuffled.length / closings.length);
        const chunks = closings.map((closes, n) => ({ closes, told: shuffled.slice(n * size, (n + 1) * size) }));
        expect(nets(booked(chunks))).toEqual(nets(booked([{ told: given, closes: 0 }])));
      }),
    );
  });

  test('are those of succeeded cleared payments and no others', () => {
    const chunk = new ChunkBookings();
    const fact = {
      acceptedAtMs: 0,
      currency: 'CNY',
      businessType: 'transfer',
      payerId: 1,
      intermediaryId: null,
      payeeId: 2,
      amountMinor: 5n,
    };
    chunk.payment('direct', { ...fact, route: 'direct' } as PaymentFact, 'succeeded');
    chunk.payment('failed', { ...fact, route: 'cleared' } as PaymentFact, 'failed');
    chunk.payment('taken back', { ...fact, route: 'cleared' } as PaymentFact, 'succeeded');
    chunk.move('taken back', { ...fact, route: 'cleared' } as PaymentFact, 'succeeded', 'failed');
    chunk.payment('found out', { ...fact, route: 'cleared' } as PaymentFact, 'unknown');
    chunk.move('found out', { ...fact, route: 'cleared' } as PaymentFact, 'unknown', 'succeeded');
    expect([...chunk.bookings()].map(({ transactionKey }) => transactionKey)).toEqual(['found out']);
  });

  test('say how much of the money need not move', () => {
    const sums = sessionSums([
      { inMinor: 90n, outMinor: 100n },
      { inMinor: 100n, outMinor: 90n },
    ]);
    expect(sums).toMatchObject({ grossMinor: 190n, receivingMinor: 10n, payingMinor: -10n, sumMinor: 0n, receiving: 1, paying: 1 });
    expect(nettingEfficiencyPpm(sums)).toBe(947_368);
    expect(nettingEfficiencyPpm(sessionSums([]))).toBeNull();
  });
});

describe('caps', () => {
  test('are used by net debit only, and not at all by who is to receive', () => {
    expect(capUsePpm(-250n, 1000n)).toBe(250_000);
    expect(capUsePpm(250n, 1000n)).toBe(0);
    expect(capUsePpm(-250n, null)).toBeNull();
  });

  test('last for what is available at the present pace', () => {
    const pace = { capMinor: 1000n, paceMinutes: 15 };
    expect(headroomMinutes({ ...pace, netMinor: -400n, recentOutflowMinor: 300n })).toBe(30);
    expect(headroomMinutes({ ...pace, netMinor: 500n, recentOutflowMinor: 300n })).toBe(75);
    expect(headroomMinutes({ ...pace, netMinor: -1200n, recentOutflowMinor: 300n })).toBe(0);
    expect(headroomMinutes({ ...pace, netMinor: -400n, recentOutflowMinor: 0n })).toBeNull();
    expect(headroomMinutes({ ...pace, capMinor: null, netMinor: -400n, recentOutflowMinor: 300n })).toBeNull();
  });

  test('were used most at the worst minute, in whatever order the minutes come', () => {
    const flows = [
      { minute: 3, inMinor: 100n, outMinor: 0n },
      { minute: 1, inMinor: 0n, outMinor: 40n },
      { minute: 2, inMinor: 10n, outMinor: 50n },
    ];
    expect(intradayPeak(flows)).toEqual({ netDebitMinor: 80n, minute: 2 });
    expect(intradayPeak([])).toEqual({ netDebitMinor: 0n, minute: null });
  });
});

test('unsettled value by age adds up to the whole', () => {
  const now = at('2026-11-23T12:00:00');
  fc.assert(
    fc.property(
      fc.array(fc.record({ ageMs: fc.integer({ min: -DAY_MS, max: 9 * DAY_MS }), minor: fc.bigInt({ min: 0n, max: 10n ** 15n }) })),
      (sessions) => {
        const bands = unsettledByAge(
          sessions.map(({ ageMs, minor }) => ({ cutOffAtMs: now - ageMs, unsettledMinor: minor, payments: 1 })),
          now,
        );
        expect(bands.reduce((sum, { minor }) => sum + minor, 0n)).toBe(sessions.reduce((sum, { minor }) => sum + minor, 0n));
      },
    ),
  );
});

describe('the largest participant out', () => {
  test('leaves positions that sum to zero, and says who is hit', () => {
    const corridors = [
      { payerId: 1, payeeId: 2, amountMinor: 100n },
      { payerId: 2, payeeId: 3, amountMinor: 90n },
      { payerId: 3, payeeId: 1, amountMinor: 20n },
    ];
    expect(largestOut(corridors, new Map([[2, 50n]]))).toEqual({
      institutionId: 1,
      shortfallMinor: 80n,
      unwoundMinor: 120n,
      hit: [{ institutionId: 2, beforeMinor: 10n, afterMinor: -90n }],
      overCap: [2],
    });
    expect(largestOut([], new Map())).toBeNull();
  });
});

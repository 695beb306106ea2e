import type { ClientBase } from 'pg';
import { minuteWithin, SessionBook } from '@/domain/settlement/booking';
import type { SessionCalendar, SessionSpan } from '@/domain/settlement/session-calendar';
import type { GatheredBookings } from './gathered-bookings';
import { type LateBooking, lateBookings, writeLate } from './late-bookings';
import { readCalendar } from './schedules';
import { firstOpenAfter, makeSessions } from './session-rows';
import { writeBook } from './write-book';

/**
 * Books what a chunk of the feed came to, within the transaction that moves the watermark. Sessions are locked against closing until it ends.
 * Throws a serialisation failure (40001) where one was closed since the transaction's snapshot: the same chunk is then to be read again.
 */
export async function bookChunk(
  client: ClientBase,
  gathered: GatheredBookings,
  { batchIds, nowMs }: { readonly batchIds: readonly string[]; readonly nowMs: number },
): Promise<void> {
  const bookings = [...gathered.bookings()];
  if (bookings.length === 0) return;
  const calendar = await readCalendar(client);
  const homes = new Map<string, { span: SessionSpan; book: SessionBook }>();
  for (const { minute, payerId, payeeId, currency, payments, amountMinor } of bookings) {
    const span = calendar.sessionAt(minute * 60_000);
    let home = homes.get(span.no);
    if (!home) {
      home = { span, book: new SessionBook() };
      homes.set(span.no, home);
    }
    home.book.bookSum({ payerId, payeeId, currency, amountMinor, payments }, minute);
  }
  const closed = await makeSessions(
    client,
    [...homes.values()].map(({ span }) => span),
  );
  const books = new Map<string, SessionBook>();
  const late: LateBooking[] = [];
  for (const [no, { book }] of homes) if (!closed.has(no)) books.set(no, book);
  for (const [no, { span }] of homes) if (closed.has(no)) late.push(...(await takeLate(client, calendar, span, batchIds, books)));
  for (const [no, book] of [...books].sort(([a], [b]) => (a < b ? -1 : 1))) await writeBook(client, no, book);
  await writeLate(client, late, nowMs);
}

// Payment by payment: whoever looks at either session is to see which ones moved.
async function takeLate(
  client: ClientBase,
  calendar: SessionCalendar,
  home: SessionSpan,
  batchIds: readonly string[],
  books: Map<string, SessionBook>,
): Promise<readonly LateBooking[]> {
  const taker = await firstOpenAfter(client, calendar, home);
  const book = books.get(taker.no) ?? new SessionBook();
  books.set(taker.no, book);
  const late = await lateBookings(client, batchIds, home);
  for (const booking of late) book.book(booking, minuteWithin(taker, booking.acceptedAtMs));
  return late.map((booking) => ({ ...booking, homeNo: home.no, takenNo: taker.no }));
}

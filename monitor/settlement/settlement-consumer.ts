import type { Consumer } from '../consumer';
import { bookChunk } from './book-chunk';
import { GatheredBookings } from './gathered-bookings';
import { markUnswept } from './unswept-minutes';

/** Books every cleared payment into the session of its acceptance, or into the first open one after it where that is closed. */
export const settlementConsumer: Consumer = {
  name: 'settlement',
  open({ nowMs, batches }) {
    const gathered = new GatheredBookings();
    const legMinutes = new Set<number>();
    return {
      payment: (fact, status) => gathered.add(fact, status),
      // The outcome's own batch will book it: until then the payment is what it first was.
      ahead: (fact, from, to) => gathered.move(fact, to, from),
      outcome: (fact, from, to) => gathered.move(fact, from, to),
      leg: ({ startedAtMs }) => {
        // A leg begins in its payment's minute or soon after it.
        const minute = Math.floor(startedAtMs / 60_000);
        legMinutes.add(minute).add(minute - 1);
      },
      write: async (client) => {
        await bookChunk(client, gathered, { batchIds: batches.map(({ id }) => id), nowMs });
        await markUnswept(client, [...gathered.touchedMinutes, ...legMinutes]);
      },
    };
  },
};

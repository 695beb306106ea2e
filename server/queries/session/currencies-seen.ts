import 'server-only';
import { cache } from 'react';
import * as z from 'zod';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '../../database';

const Row = z.object({ currency: z.string() });

/** Currencies with payments on the business days of the span, most payments first; of all time where the span has none. */
export const currenciesSeen = cache(async (range: TimeRange): Promise<readonly string[]> => {
  const from = businessDay(range.from);
  const to = businessDay(range.to);
  const rows = await database().$queryRaw`
    select currency
    from platform_day
    group by currency
    order by sum(case when day between ${from}::date and ${to}::date then succeeded + declined + failed + unknown else 0 end) desc,
      sum(succeeded + declined + failed + unknown) desc,
      currency`;
  return Row.array()
    .parse(rows)
    .map((row) => row.currency);
});

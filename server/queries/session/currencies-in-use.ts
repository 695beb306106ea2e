import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ currency: z.string() });
const KEEP_MS = 60_000;
type Held = { at: number; answer: Promise<readonly string[]> };
const held = new Map<number | null, Held>();

/** Currencies with payments, most payments first; for an institution's people those of their institution. At most a minute old. */
export function currenciesInUse(actor: Pick<Actor, 'institutionId'>): Promise<readonly string[]> {
  const known = held.get(actor.institutionId);
  if (known && Date.now() - known.at < KEEP_MS) return known.answer;
  const answer = ask(actor.institutionId);
  held.set(actor.institutionId, { at: Date.now(), answer });
  // Neither a failure nor an empty platform is worth keeping: the first payment shows at once.
  const forget = () => held.delete(actor.institutionId);
  answer.then((currencies) => currencies.length === 0 && forget(), forget);
  return answer;
}

async function ask(institutionId: number | null): Promise<readonly string[]> {
  const rows =
    institutionId === null
      ? await database().$queryRaw`
          select currency
          from platform_day
          group by currency
          order by sum(succeeded + declined + failed + unknown) desc, currency`
      : await database().$queryRaw`
          select currency
          from institution_day
          where institution_id = ${institutionId}
          group by currency
          order by sum(succeeded + declined + failed + unknown) desc, currency`;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => row.currency);
}

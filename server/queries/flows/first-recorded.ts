import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ at: z.date().nullable() });

/** The first hour the platform has any payment of `currency` in; undefined where it has none. Before it, nothing is not zero but unknown. */
export async function firstRecorded(_actor: Actor, { currency }: { currency: string }): Promise<Date | undefined> {
  const rows = await database().$queryRaw`
    select min(hour) as at
    from platform_hour
    where currency = ${currency}`;
  return Row.parse((rows as unknown[])[0]).at ?? undefined;
}

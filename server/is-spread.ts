import 'server-only';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { ASKS_FOR_CITUS, Spread } from './spread';

const spread = new Spread(async (client: ReturnType<typeof database>) => {
  const [row] = await client.$queryRaw<{ spread: boolean }[]>(Prisma.raw(ASKS_FOR_CITUS));
  return row;
});

/** Whether the feed's tables are spread over the servers of a cluster. */
export function isSpread(): Promise<boolean> {
  return spread.overServers(database());
}

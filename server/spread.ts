import 'server-only';
import { database } from '@/server/database';

const ASK_AGAIN_MS = 60_000;
let known = { spread: false, until: 0 };

/** Whether the feed's tables are spread over the servers of a cluster. Once they are they stay so; before that it is asked each minute. */
export async function isSpread(): Promise<boolean> {
  if (known.spread || performance.now() < known.until) return known.spread;
  const [row] = await database().$queryRaw<{ spread: boolean }[]>`
    select exists (select 1 from pg_extension where extname = 'citus') as spread`;
  known = { spread: row?.spread === true, until: performance.now() + ASK_AGAIN_MS };
  return known.spread;
}

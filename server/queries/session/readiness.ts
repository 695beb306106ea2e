import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';

const Row = z.object({ pending: z.coerce.number().int() });
export type Readiness = {
  readonly ready: boolean;
  readonly database: 'answers' | 'silent';
  readonly migrations: 'applied' | 'pending' | 'unknown';
};

/** May this console take traffic: does the database answer, and are its migrations finished? */
export async function readiness(): Promise<Readiness> {
  try {
    const [row] = z.array(Row).parse(
      await database().$queryRaw`
        select count(*) filter (where finished_at is null and rolled_back_at is null) as pending
        from _prisma_migrations`,
    );
    const applied = row?.pending === 0;
    return { ready: applied, database: 'answers', migrations: applied ? 'applied' : 'pending' };
  } catch {
    return { ready: false, database: 'silent', migrations: 'unknown' };
  }
}

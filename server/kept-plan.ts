import { hash } from 'node:crypto';
import { Prisma } from './generated/prisma/client';

/**
 * Begins a statement whose plan each connection may keep. Worth it where planning costs more than reading: a look-up by key plans over every
 * partition there is, and time excludes none. Not for statements whose best plan depends on what they are asked.
 */
export const KEPT_PLAN = Prisma.sql`/* plan kept */`;

/** Name of the prepared statement, one for each text; undefined where every asking is planned anew. */
export function keptPlanName({ sql }: { sql: string }): string | undefined {
  return sql.trimStart().startsWith(KEPT_PLAN.sql) ? `kept ${hash('sha256', sql, 'hex').slice(0, 32)}` : undefined;
}

import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';

const Row = z.object({
  pending: z.coerce.number().int(),
  lagMs: z.coerce.number().nullable(),
  reconciledAt: z.date().nullable(),
  drifted: z.boolean().nullable(),
});
export type Readiness = {
  readonly ready: boolean;
  readonly database: 'answers' | 'silent';
  readonly migrations: 'applied' | 'pending' | 'unknown';
  /** How long the oldest accepted batch has waited for the monitor, in milliseconds; null where no monitor has ever run. */
  readonly lagMs: number | null;
  /** What the checks of the last two minutes before the newest found: the monitor makes a round of them each minute. */
  readonly reconciliation: 'passed' | 'drifted' | 'not yet' | 'unknown';
  readonly reconciledAt: string | null;
};

/**
 * May this console take traffic: does the database answer, and are its migrations finished? Lag and the last reconciliation are told and
 * decide nothing here: a console that is taken away because its figures are late tells nobody that they are. The monitor's own /readyz is
 * red then.
 */
export async function readiness(): Promise<Readiness> {
  try {
    const [row] = z
      .array(Row)
      .length(1)
      .parse(
        await database().$queryRaw`
          select
            (select count(*) from _prisma_migrations where finished_at is null and rolled_back_at is null) as pending,
            (
              select greatest(0, coalesce(extract(epoch from clock_timestamp() - (
                select b.received_at
                from feed_batch b
                where (b.xid, b.id) > (w.xid, w.batch_id)
                order by b.xid, b.id
                limit 1
              )) * 1000, 0))::bigint
              from monitor_watermark w
              where w.name = 'follow'
            ) as "lagMs",
            last_run.finished_at as "reconciledAt",
            last_run.drifted
          from (
            select max(finished_at) as finished_at, bool_or(jsonb_array_length(mismatches) > 0) as drifted
            from reconciliation
            where finished_at > (select max(finished_at) from reconciliation) - interval '2 minutes'
          ) last_run`,
      );
    if (!row) throw new Error('no answer');
    return {
      ready: row.pending === 0,
      database: 'answers',
      migrations: row.pending === 0 ? 'applied' : 'pending',
      lagMs: row.lagMs,
      reconciliation: row.reconciledAt === null ? 'not yet' : row.drifted ? 'drifted' : 'passed',
      reconciledAt: row.reconciledAt?.toISOString() ?? null,
    };
  } catch {
    return { ready: false, database: 'silent', migrations: 'unknown', lagMs: null, reconciliation: 'unknown', reconciledAt: null };
  }
}

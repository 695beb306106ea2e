import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const RUNS_MAX = 120;
const Figures = z.record(z.string(), z.string());
const Mismatch = z.object({ key: z.record(z.string(), z.union([z.string(), z.number(), z.null()])), raw: Figures, rollup: Figures });
/** What one currency comes to on both sides, in minor units. */
export const ReconciledAmount = z.object({ currency: z.string(), raw: z.coerce.bigint(), rollup: z.coerce.bigint() });
export type ReconciledAmount = z.infer<typeof ReconciledAmount>;
const Row = z.object({
  id: z.string(),
  startedAt: z.date(),
  finishedAt: z.date(),
  tier: z.string(),
  from: z.date(),
  to: z.date(),
  batchId: z.string(),
  buckets: z.int(),
  rawCount: z.coerce.bigint(),
  rollupCount: z.coerce.bigint(),
  mismatches: z.array(z.unknown()),
  amounts: z.array(ReconciledAmount),
});
export type ReconciliationMismatch = z.infer<typeof Mismatch>;
export type ReconciliationRun = Omit<z.infer<typeof Row>, 'mismatches'> & {
  readonly mismatches: readonly ReconciliationMismatch[];
  /** Entries of the record that have a shape this page does not know. */
  readonly unread: number;
};

/** What the monitor last proved: roll-ups against the sums of their rows, newest first. Only for who oversees the whole platform. */
export async function reconciliationRuns(actor: Actor, { tier }: { tier?: string } = {}): Promise<readonly ReconciliationRun[]> {
  if (actor.institutionId !== null) throw new Error('reconciliation is of the whole platform');
  const rows = await database().$queryRaw`
    select id::text as id, started_at as "startedAt", finished_at as "finishedAt", tier, bucket_from as "from", bucket_to as "to",
      batch_id::text as "batchId", buckets, raw_count::text as "rawCount", rollup_count::text as "rollupCount", mismatches, amounts
    from reconciliation
    where ${tier ?? null}::text is null or tier = ${tier ?? null}
    order by finished_at desc, id desc
    limit ${RUNS_MAX}`;
  return z
    .array(Row)
    .parse(rows)
    .map(({ mismatches, ...run }) => {
      const read = mismatches.map((mismatch) => Mismatch.safeParse(mismatch));
      const known = read.flatMap((one) => (one.success ? [one.data] : []));
      return { ...run, mismatches: known, unread: read.length - known.length };
    });
}

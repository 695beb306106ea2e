import 'server-only';
import * as z from 'zod';
import type { Cause } from '@/domain/connectivity/institution-verdict';
import { INSTITUTION_STATES } from '@/domain/overview/institution-state';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  fromAt: z.date(),
  toAt: z.date().nullable(),
  state: z.enum(INSTITUTION_STATES),
  cause: z.unknown(),
  source: z.enum(['measured', 'reported']),
});
export type StateStretch = Omit<z.infer<typeof Row>, 'cause'> & { readonly cause: Cause | null };

/** The stretches of one institution's past that touch `range`, newest first: the rows that its bars and its availability add up from. */
export async function stateHistory(
  actor: Actor,
  { institutionId, range, limit }: { institutionId: number; range: TimeRange; limit: number },
): Promise<{ readonly rows: StateStretch[]; readonly total: number }> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return { rows: [], total: 0 };
  const where = { institutionId, fromAt: { lt: range.to }, OR: [{ toAt: null }, { toAt: { gt: range.from } }] };
  const [rows, total] = await Promise.all([
    database().stateInterval.findMany({ where, orderBy: { fromAt: 'desc' }, take: limit }),
    database().stateInterval.count({ where }),
  ]);
  return {
    rows: z
      .array(Row)
      .parse(rows)
      .map((row) => ({ ...row, cause: (row.cause ?? null) as Cause | null })),
    total,
  };
}

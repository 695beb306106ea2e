import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type PlannedStop = {
  readonly id: string;
  /** Null: the whole institution. */
  readonly line: string | null;
  /** It holds for everybody on the line. */
  readonly everybody: boolean;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly reason: string;
};

/** Announced stops of an institution, or of lines for everybody, that are in force at `at` or still to come. */
export async function plannedStops(actor: Actor, { institutionId, at }: { institutionId: number; at: Date }): Promise<PlannedStop[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const rows = await database().plannedWindow.findMany({
    where: { cancelledAt: null, toAt: { gt: at }, OR: [{ institutionId }, { institutionId: null }] },
    orderBy: { fromAt: 'asc' },
    take: 50,
  });
  return rows.map(({ id, line, institutionId: of, fromAt, toAt, reason }) => ({
    id: String(id),
    line,
    everybody: of === null,
    fromAt,
    toAt,
    reason,
  }));
}

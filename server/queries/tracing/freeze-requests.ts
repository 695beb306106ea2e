import 'server-only';
import * as z from 'zod';
import { FREEZE_STATUSES, type FreezeState, freezeClock, freezeState } from '@/domain/tracing/freeze-request';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export const FREEZE_REQUESTS_MAX = 200;

export type FreezeRequestRow = {
  readonly id: string;
  readonly institutionId: number;
  readonly account: string;
  readonly currency: string;
  readonly residualLowMinor: bigint;
  readonly residualHighMinor: bigint;
  readonly asOf: Date;
  readonly reason: string;
  readonly state: FreezeState;
  readonly frozenMinor: bigint | null;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly answeredAt: Date | null;
  /** Milliseconds left to answer, negative once late; null where it is answered. */
  readonly leftMs: number | null;
};

/** Requests to freeze, the newest first, of some accounts or all; institution users see those put to their own institution. */
export async function freezeRequests(
  actor: Actor,
  { accounts, now }: { readonly accounts?: readonly string[]; readonly now: Date },
): Promise<readonly FreezeRequestRow[]> {
  const rows = await database().freezeRequest.findMany({
    where: {
      ...(accounts ? { account: { in: [...accounts] } } : {}),
      ...(actor.institutionId === null ? {} : { institutionId: actor.institutionId }),
    },
    orderBy: [{ askedAt: 'desc' }, { id: 'asc' }],
    take: FREEZE_REQUESTS_MAX,
    omit: { tracedFrom: true, answerNote: true, askedBy: true },
  });
  return rows.map(({ status: stored, ...row }) => {
    const at = { status: z.enum(FREEZE_STATUSES).parse(stored), dueMs: row.dueAt.getTime() };
    return { ...row, state: freezeState(at, now.getTime()), leftMs: freezeClock(at, now.getTime()) };
  });
}

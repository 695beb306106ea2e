import 'server-only';
import type { BusinessType } from '@/domain/clearing/transaction';
import { GATES, type GateEventKind, type GateState, gateState } from '@/domain/cut-over/gates';
import type { Prisma } from '@/server/generated/prisma/client';

type Reader = Pick<Prisma.TransactionClient, 'cutOverGateEvent'>;
export type GateHistoryRow = {
  readonly id: string;
  readonly at: Date;
  readonly kind: GateEventKind;
  readonly gate: number | null;
  readonly actorId: string;
  readonly note: string;
};

/** Where a cell stands on its way, everything that was done about it (newest first), and the digest of what waits for a second person. */
export async function cellGate(
  reader: Reader,
  cell: { readonly institutionId: number; readonly bankId: number; readonly businessType: BusinessType },
): Promise<{ readonly state: GateState; readonly requestDigest: string | null; readonly history: readonly GateHistoryRow[] }> {
  const { institutionId, bankId, businessType } = cell;
  const rows = await reader.cutOverGateEvent.findMany({ where: { institutionId, bankId, businessType }, orderBy: { id: 'asc' } });
  const events = rows.map((row) => ({
    kind: row.kind as GateEventKind,
    gate: GATES.find((gate) => gate === row.gate) ?? null,
    actorId: row.actorId,
  }));
  const state = gateState(events);
  const asked = state.pending ? rows.findLast(({ kind }) => kind.endsWith('-requested')) : undefined;
  return {
    state,
    requestDigest: asked?.requestDigest ? Buffer.from(asked.requestDigest).toString('hex') : null,
    history: rows
      .map(({ id, at, kind, gate, actorId, note }) => ({ id: String(id), at, kind: kind as GateEventKind, gate, actorId, note }))
      .reverse(),
  };
}

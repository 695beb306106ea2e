import 'server-only';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { afterGateEvent, decideGate, GATES, type Gate, type GateAction, type GateRefusal, type GateState } from '@/domain/cut-over/gates';
import { recordAudit } from '@/server/audit';
import { sha256 } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import { cellGate } from '@/server/queries/cut-over/cell-gate';
import { gateConditions } from '@/server/queries/cut-over/gate-conditions';
import { sidesOf } from '@/server/queries/cut-over/gather-evidence';
import { type Actor, requirePermission } from '@/server/session';
import { CellCodes, cellText, Note } from './cell';

export const ActOnGate = CellCodes.extend({
  action: z.enum(['request-advance', 'request-thaw', 'approve', 'refuse', 'withdraw', 'freeze', 'roll-back']),
  to: z.coerce
    .number()
    .refine((to): to is Gate => GATES.includes(to as Gate))
    .optional(),
  /** The digest of the request that the person saw; what is decided must be what was asked. */
  request: z.string().optional(),
  note: Note,
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type ActOnGate = z.infer<typeof ActOnGate>;
export type GateOutcome =
  | { readonly kind: 'done'; readonly state: GateState }
  | { readonly kind: 'refused'; readonly reason: GateRefusal | 'request-changed' };

/** Does one thing about a cell's gate, or says why not. Forward needs a second person; the database refuses the same one besides. */
export async function actOnGate(actor: Actor, input: ActOnGate): Promise<GateOutcome> {
  requirePermission(actor, 'cutover:govern');
  const { action, to, request, note, currency, ...codes } = ActOnGate.parse(input);
  const { institutionId, bankId } = await sidesOf(codes);
  const cell = { institutionId, bankId, businessType: codes.businessType };
  const conditions = await gateConditions({ ...cell, currency });
  return await database().$transaction(async (tx) => {
    // One decision at a time for a cell: the second person to press sees what the first did.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${cellText(codes)}, 7271)) is null as locked`;
    const { state, requestDigest } = await cellGate(tx, cell);
    if ((action === 'approve' || action === 'refuse') && request !== undefined && request !== requestDigest)
      return { kind: 'refused', reason: 'request-changed' };
    const unmet = conditions.unmet(state.gate);
    const decision = decideGate(state, actionOf(action, to, unmet), actor.id);
    if (decision.kind === 'refused') return decision;
    const { kind, gate } = decision.event;
    const evidence = { from: state.gate, seen: conditions.seen };
    const asks = kind === 'advance-requested' || kind === 'thaw-requested';
    const digest = asks
      ? sha256(canonicalJson({ cell: cellText(codes), kind, gate, evidence, note, at: new Date().toISOString() }))
      : requestDigest;
    await tx.cutOverGateEvent.create({
      data: {
        ...cell,
        kind,
        gate,
        actorId: actor.id,
        requestedBy: state.pending && !asks ? state.pending.requestedBy : null,
        requestDigest: digest === null ? null : Buffer.from(digest, 'hex'),
        note,
        evidence,
      },
    });
    await recordAudit(tx, actor, {
      action: `cut-over.gate-${kind}`,
      subject: { type: 'cut-over-cell', id: cellText(codes) },
      detail: { from: state.gate, to: gate, note, ...(digest === null ? {} : { request: digest }) },
    });
    return { kind: 'done', state: afterGateEvent(state, decision.event) };
  });
}

function actionOf(
  action: ActOnGate['action'],
  to: Gate | undefined,
  unmet: ReturnType<Awaited<ReturnType<typeof gateConditions>>['unmet']>,
): GateAction {
  if (action === 'request-advance' || action === 'approve') return { kind: action, unmet };
  if (action === 'roll-back') return { kind: 'roll-back', to: to ?? 0 };
  return { kind: action };
}

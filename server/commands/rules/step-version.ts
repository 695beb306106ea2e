import 'server-only';
import * as z from 'zod';
import { VERSION_STATES, type VersionRefusal, versionStep } from '@/domain/rules/version-step';
import { businessDay } from '@/domain/time-range';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';

export const StepVersion = z.object({
  ruleId: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  version: z.int().min(1),
  act: z.enum(['request', 'approve', 'reject', 'shadow', 'withdraw']),
  /** SHA-256 of the definition that the person saw. */
  seenHash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.date(),
});
export type StepVersion = z.infer<typeof StepVersion>;
export type SteppedVersion = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: VersionRefusal };

/**
 * Asks for a version to be put in force, approves or rejects what another person asked for, or lets it run in the shadow. An approved
 * version takes the place of the one in force in the same moment. Throws NotFound, Forbidden.
 */
export async function stepVersion(actor: Actor, input: StepVersion): Promise<SteppedVersion> {
  requirePermission(actor, 'rules:govern');
  const { ruleId, version, act, seenHash, at } = StepVersion.parse(input);
  return await database().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rule ${ruleId}`}))`;
    const key = { ruleId_version: { ruleId, version } };
    const held = await tx.ruleVersion.findUnique({ where: key });
    if (!held) throw new NotFound('there is no such version');
    const state = VERSION_STATES.find((known) => known === held.state) ?? 'retired';
    const step = versionStep(
      {
        state,
        requestedBy: held.requestedBy,
        payloadHash: held.payloadHash,
        effectiveFrom: held.effectiveFrom.toISOString().slice(0, 10),
        effectiveTo: held.effectiveTo?.toISOString().slice(0, 10) ?? null,
        isSwitchedOff: held.switchedOffAt !== null,
      },
      { act, by: actor.id, seenHash, today: businessDay(at) },
    );
    if (step.kind === 'refused') return step;
    if (step.state === 'active')
      await tx.ruleVersion.updateMany({ where: { ruleId, state: 'active' }, data: { state: 'retired', retiredAt: at } });
    await tx.ruleVersion.update({
      where: key,
      data: {
        state: step.state,
        ...(act === 'request' ? { requestedBy: actor.id, requestedAt: at } : {}),
        ...(act === 'approve' ? { approvedBy: actor.id, approvedAt: at, approvedHash: seenHash, activatedAt: at } : {}),
        ...(act === 'reject' || act === 'withdraw' ? { requestedBy: null, requestedAt: null } : {}),
      },
    });
    const done = { request: 'requested', approve: 'activated', reject: 'rejected', shadow: 'shadowed', withdraw: 'withdrawn' }[act];
    await recordAudit(tx, actor, {
      action: `rule.${done}`,
      subject: { type: 'rule', id: ruleId },
      detail: { version, payloadHash: seenHash },
    });
    return { kind: 'done' };
  });
}

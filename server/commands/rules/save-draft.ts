import 'server-only';
import * as z from 'zod';
import { parseRule, type RuleFault } from '@/domain/detection/rules/rule';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { ruleHash } from '@/server/rules/rule-hash';
import { type Actor, requirePermission } from '@/server/session';

export const SaveDraft = z.object({ ruleId: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), definition: z.unknown() });
export type SaveDraft = z.infer<typeof SaveDraft>;
export type SavedDraft =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'faulty'; readonly faults: readonly RuleFault[] };

/** Keeps a definition as the next version of its rule, a draft that runs nowhere; or says at which field it is none. Throws Forbidden. */
export async function saveDraft(actor: Actor, input: SaveDraft): Promise<SavedDraft> {
  requirePermission(actor, 'rules:govern');
  const { ruleId, definition } = SaveDraft.parse(input);
  return await database().$transaction(async (tx) => {
    // Two people saving at once get two versions: the second waits here.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rule ${ruleId}`}))`;
    const newest = await tx.ruleVersion.findFirst({ where: { ruleId }, orderBy: { version: 'desc' }, select: { version: true } });
    const version = (newest?.version ?? 0) + 1;
    const parsed = parseRule(typeof definition === 'object' ? { ...definition, id: ruleId, version } : definition);
    if (!parsed.ok) return { kind: 'faulty', faults: parsed.faults };
    const payloadHash = ruleHash(parsed.rule);
    await tx.ruleVersion.create({
      data: {
        ruleId,
        version,
        definition: JSON.parse(JSON.stringify(parsed.rule)),
        payloadHash,
        effectiveFrom: new Date(parsed.rule.effectiveFrom),
        effectiveTo: parsed.rule.effectiveTo === undefined ? null : new Date(parsed.rule.effectiveTo),
        createdBy: actor.id,
      },
    });
    await recordAudit(tx, actor, { action: 'rule.drafted', subject: { type: 'rule', id: ruleId }, detail: { version, payloadHash } });
    return { kind: 'saved', version };
  });
}

import 'server-only';
import { parseRule, type Rule } from '@/domain/detection/rules/rule';
import { VERSION_STATES, type VersionState } from '@/domain/rules/version-step';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type RuleVersionRow = {
  readonly version: number;
  readonly state: VersionState;
  readonly rule: Rule | null;
  readonly payloadHash: string;
  readonly shipped: boolean;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly requestedBy: { readonly id: string; readonly name: string } | null;
  readonly approvedBy: string | null;
  readonly activatedAt: string | null;
  readonly retiredAt: string | null;
  readonly switchedOff: string | null;
};

/** The versions of a rule, the newest first, with who made, asked for and approved each. Rules are the same for everybody. */
export async function ruleVersions(_actor: Actor, { ruleId }: { ruleId: string }): Promise<readonly RuleVersionRow[]> {
  const rows = await database().ruleVersion.findMany({ where: { ruleId }, orderBy: { version: 'desc' } });
  const people = rows.flatMap(({ createdBy, requestedBy, approvedBy }) => [createdBy, requestedBy, approvedBy].filter((id) => id !== null));
  const users = await database().appUser.findMany({ where: { id: { in: [...new Set(people)] } }, select: { id: true, displayName: true } });
  const nameOf = (id: string | null) => (id === null ? null : (users.find((user) => user.id === id)?.displayName ?? id));
  return rows.map((row) => {
    const parsed = parseRule(row.definition);
    return {
      version: row.version,
      state: VERSION_STATES.find((known) => known === row.state) ?? 'draft',
      rule: parsed.ok ? parsed.rule : null,
      payloadHash: row.payloadHash,
      shipped: row.shipped,
      createdAt: row.createdAt.toISOString(),
      createdBy: nameOf(row.createdBy),
      requestedBy: row.requestedBy === null ? null : { id: row.requestedBy, name: nameOf(row.requestedBy) ?? row.requestedBy },
      approvedBy: nameOf(row.approvedBy),
      activatedAt: row.activatedAt?.toISOString() ?? null,
      retiredAt: row.retiredAt?.toISOString() ?? null,
      switchedOff: row.switchedOffReason,
    };
  });
}

import type { ClientBase } from 'pg';
import { parseRule, type Rule } from '@/domain/detection/rules/rule';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { ruleHash } from '@/server/rules/rule-hash';
import type { RuleSet } from '../engine';
import type { RuleFault } from './rule-run';

/** Puts the rules that come with the platform in force, unless they (or others of their name) are there already. */
export async function shipRules(client: ClientBase): Promise<void> {
  for (const rule of SHIPPED_RULES)
    await client.query(
      `insert into rule_version (rule_id, version, state, definition, payload_hash, shipped, effective_from, effective_to, activated_at)
       values ($1, $2, 'active', $3, $4, true, $5, $6, clock_timestamp())
       on conflict do nothing`,
      [rule.id, rule.version, JSON.stringify(rule), ruleHash(rule), rule.effectiveFrom, rule.effectiveTo ?? null],
    );
}

/** The versions in force and in the shadow. One that cannot be read any more is a fault of its own, and left out. */
export async function currentRules(client: ClientBase): Promise<{ readonly rules: RuleSet; readonly faults: readonly RuleFault[] }> {
  const { rows } = await client.query<{ ruleId: string; version: number; state: string; definition: unknown }>(
    `select rule_id as "ruleId", version, state, definition
     from rule_version
     where state in ('active', 'shadow')
       and switched_off_at is null
     order by rule_id, version`,
  );
  const rules = { active: [] as Rule[], shadow: [] as Rule[] };
  const faults: RuleFault[] = [];
  for (const { ruleId, version, state, definition } of rows) {
    const parsed = parseRule(definition);
    if (parsed.ok) rules[state === 'active' ? 'active' : 'shadow'].push(parsed.rule);
    else faults.push({ rule: ruleId, version, fault: parsed.faults.map(({ at, message }) => `${at}: ${message}`).join('; ') });
  }
  return { rules, faults };
}

export function rulesHash({ active, shadow }: RuleSet): string {
  return [...active, ...shadow].map((rule) => ruleHash(rule).slice(0, 8)).join('');
}

/** Switches a version off until somebody looks; the others go on. */
export async function switchOff(client: ClientBase, { rule, version, fault }: RuleFault): Promise<void> {
  await client.query(
    `update rule_version
     set switched_off_at = clock_timestamp(), switched_off_reason = $3
     where rule_id = $1
       and version = $2
       and switched_off_at is null`,
    [rule, version, fault.slice(0, 500)],
  );
}

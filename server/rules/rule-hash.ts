import { createHash } from 'node:crypto';
import { canonicalJson } from '@/domain/canonical-json';
import type { Rule } from '@/domain/detection/rules/rule';

/** SHA-256 of a rule's canonical JSON as it is stored (a field that is undefined is none), in hex: what was requested is what is approved, and what runs. */
export function ruleHash(rule: Rule): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(rule))))
    .digest('hex');
}

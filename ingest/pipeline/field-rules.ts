import { forbiddenField } from './forbidden-field';
import { type JsonObject, printable } from './parse-line';
import { type Refusal, refuse } from './refusal';

// The shapes of ingest/feed/lines.ts once more, as tables that check a line in about a microsecond. A property test holds the two
// to the same verdict on every line.

export type FieldRule = {
  readonly required: boolean;
  readonly type: 'string' | 'boolean' | 'number' | 'object';
  readonly holds: (value: never) => boolean;
  readonly says: string;
  /** The fields of an object inside. */
  readonly inside?: FieldRules;
};
export type FieldRules = { readonly byName: ReadonlyMap<string, FieldRule>; readonly required: readonly string[] };

export function fieldRules(rules: Readonly<Record<string, FieldRule>>): FieldRules {
  const entries = Object.entries(rules);
  return { byName: new Map(entries), required: entries.filter(([, rule]) => rule.required).map(([name]) => name) };
}

/** The first field of `line` that breaks the rules, or undefined. */
export function checkFields(line: JsonObject, rules: FieldRules, path = ''): Refusal | undefined {
  let requiredSeen = 0;
  for (const name in line) {
    const rule = rules.byName.get(name);
    if (rule === undefined) return unlisted(name, path);
    const value = line[name];
    if (typeof value !== rule.type || value === null) return refuse('field-type', path + name, typeSaid(rule, value));
    if (!rule.holds(value as never)) return refuse('field-syntax', path + name, rule.says);
    if (rule.inside) {
      const fault = checkFields(value as JsonObject, rule.inside, `${path}${name}.`);
      if (fault) return fault;
    }
    if (rule.required) requiredSeen++;
  }
  if (requiredSeen === rules.required.length) return undefined;
  const missing = rules.required.find((name) => !Object.hasOwn(line, name)) as string;
  return refuse('missing-field', path + missing, 'The field is missing.');
}

function unlisted(name: string, path: string): Refusal {
  if (forbiddenField(name)) {
    return refuse('forbidden-field', path + printable(name), 'Secrets and biometrics are never taken; the line is not kept.');
  }
  return refuse('unknown-field', path + printable(name), 'The feed has no such field.');
}

function typeSaid(rule: FieldRule, value: unknown): string {
  const given = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`.replace('a object', 'an object');
  return `Must be ${rule.type === 'object' ? 'an object' : `a ${rule.type}`}, not ${given}.`;
}

import { parseRule, type Rule, type RuleFault } from '@/domain/detection/rules/rule';
import { importTazamaRule } from '@/domain/detection/tazama/tazama-config';

export type ReadDefinition =
  | {
      readonly kind: 'read';
      readonly draft: Rule /** The id of the Tazama rule whose bands were taken over. */;
      readonly tazama: string | null;
    }
  | { readonly kind: 'faulty'; readonly faults: readonly RuleFault[] }
  | { readonly kind: 'not-json'; readonly fault: string }
  | { readonly kind: 'no-bands' };

/**
 * Reads what somebody pasted: a definition of ours, or a rule of a Tazama configuration, of which the bands' lower limits are taken over
 * into `draft`. Its upper limits need nothing: a band of ours ends where the next begins.
 */
export function readDefinition(text: string, draft: Rule): ReadDefinition {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    return { kind: 'not-json', fault: error instanceof Error ? error.message : String(error) };
  }
  if (typeof input === 'object' && input !== null && 'cfg' in input) {
    const imported = importTazamaRule(input);
    if (!imported.ok) return { kind: 'faulty', faults: imported.faults };
    const { bands } = imported.config.config;
    if (!bands) return { kind: 'no-bands' };
    const froms = bands.map(({ lowerLimit = 0 }) => lowerLimit).filter((from) => from >= 0);
    return {
      kind: 'read',
      tazama: imported.config.id,
      draft: {
        ...draft,
        boundary: '>=',
        bands: [...new Set(froms)].sort((a, b) => a - b).map((from) => ({ from: String(from), outcome: 'notable', reason: 'over' })),
      },
    };
  }
  const parsed = parseRule(typeof input === 'object' ? { ...input, id: draft.id, version: draft.version } : input);
  return parsed.ok ? { kind: 'read', draft: parsed.rule, tazama: null } : { kind: 'faulty', faults: parsed.faults };
}

import type { TazamaExpression, TazamaTypology } from './tazama-config';

export type RuleSaid = { readonly id: string; readonly cfg: string; readonly subRuleRef: string };
export type TypologyOutcome = {
  /** Null where the expression has no number: a rule's term is missing or it divides by zero. */
  readonly score: number | null;
  readonly contributions: readonly { readonly id: string; readonly cfg: string; readonly ref: string; readonly weight: number }[];
  readonly alerts: boolean;
  readonly interdicts: boolean;
};

/**
 * The score of a typology from what its rules said. An event-flow rule named in the workflow may block, which alerts whatever the score, or
 * override, which lets the payment go; thresholds are met by being reached. A score without a number counts as 0, as it does at the peer.
 */
export function typologyOutcome(typology: TazamaTypology, said: readonly RuleSaid[]): TypologyOutcome {
  const weightOf = new Map(
    typology.rules.flatMap((rule) =>
      rule.wghts.map(({ ref, wght }) => [`${rule.id}\u0000${rule.cfg}\u0000${ref}`, { term: rule.termId, weight: wght }]),
    ),
  );
  const terms = new Map<string, number>();
  const contributions: TypologyOutcome['contributions'][number][] = [];
  for (const { id, cfg, subRuleRef } of said) {
    const known = weightOf.get(`${id}\u0000${cfg}\u0000${subRuleRef}`);
    if (!known) continue;
    terms.set(known.term, known.weight);
    contributions.push({ id, cfg, ref: subRuleRef, weight: known.weight });
  }
  const score = termValue(typology.expression, terms);
  const { alertThreshold, interdictionThreshold, flowProcessor } = typology.workflow;
  const flow = flowProcessor === undefined ? undefined : said.find(({ id }) => id === flowProcessor)?.subRuleRef;
  const reached = (threshold: number | undefined) => threshold !== undefined && (score ?? 0) >= threshold;
  const interdicts = flow !== 'block' && flow !== 'override' && reached(interdictionThreshold);
  // A threshold of 0 is none at the peer, which asks for its truth.
  const alerts = (Boolean(alertThreshold) && reached(alertThreshold)) || flow === 'block' || interdicts;
  return { score, contributions, alerts, interdicts };
}

function termValue(expression: TazamaExpression, terms: ReadonlyMap<string, number>): number | null {
  const [operator, ...rest] = expression;
  const values: number[] = [];
  for (const term of rest) {
    const value = typeof term === 'number' ? term : typeof term === 'string' ? (terms.get(term) ?? null) : termValue(term, terms);
    if (value === null) return null;
    values.push(value);
  }
  const result = applied(operator, values);
  return Number.isFinite(result) ? result : null;
}

function applied(operator: TazamaExpression[number] | undefined, [first = 0, ...others]: readonly number[]): number {
  switch (operator) {
    case 'Add':
      return others.reduce((sum, value) => sum + value, first);
    case 'Subtract':
      return others.reduce((left, value) => left - value, first);
    case 'Multiply':
      return others.reduce((product, value) => product * value, first);
    case 'Divide':
      return others.reduce((left, value) => left / value, first);
    case 'Max':
      return Math.max(first, ...others);
    case 'Min':
      return Math.min(first, ...others);
    default:
      return Number.NaN;
  }
}

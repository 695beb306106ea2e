import type { TazamaRule } from './tazama-config';

export type RuleOutcome = { readonly subRuleRef: string; readonly reason: string };

/** What a rule says where its categories leave a gap. */
const UNRESOLVED = '.err';

/**
 * The band or case that a value falls into, with the peer's own edges: lower limits are met, upper ones are not, the first band that fits
 * wins, and a limit of 0 is no limit, since the peer asks whether there is one by its truth. A value outside all bands is `.err`.
 */
export function ruleOutcome(rule: TazamaRule, value: number | string): RuleOutcome {
  const { bands, cases } = rule.config;
  if (bands) {
    const number = Number(value);
    const band = bands.find(({ lowerLimit, upperLimit }) => (!lowerLimit || number >= lowerLimit) && (!upperLimit || number < upperLimit));
    return band ? { subRuleRef: band.subRuleRef, reason: band.reason } : { subRuleRef: UNRESOLVED, reason: 'the value is in no band' };
  }
  if (!cases) throw new Error(`the rule ${rule.id} has neither bands nor cases`);
  const { subRuleRef, reason } = cases.expressions.find((one) => one.value === value) ?? cases.alternative;
  return { subRuleRef, reason };
}

/** What a rule says where it ends before there is a value: by its own words, or `.err` where it has none for this end. */
export function exitOutcome(rule: TazamaRule, subRuleRef: string): RuleOutcome {
  const condition = rule.config.exitConditions?.find((one) => one.subRuleRef === subRuleRef);
  return condition ?? { subRuleRef: UNRESOLVED, reason: `the rule has no exit ${subRuleRef}` };
}

import { bitOf, TYPOLOGIES, type Typology, type TypologySettings } from '../typologies/typology';

/** The score by weights alone, 0 to 1: each mark is a chance that it is no accident, and chances of different kinds are taken as independent. */
export function weightedScore(marks: number, settings: TypologySettings): number {
  if (marks === 0) return 0;
  let innocent = 1;
  for (const typology of TYPOLOGIES) if (marks & bitOf(typology)) innocent *= 1 - settings[typology].weight;
  return 1 - innocent;
}

/** What each mark brings to {@link weightedScore}: its share of the sum of −ln(1 − weight), so that the parts add up to the score. */
export function weightedParts(
  marks: number,
  settings: TypologySettings,
): readonly { readonly typology: Typology; readonly adds: number }[] {
  const score = weightedScore(marks, settings);
  const marked = TYPOLOGIES.filter((typology) => marks & bitOf(typology));
  const pull = (typology: Typology) => -Math.log1p(-settings[typology].weight);
  const whole = marked.reduce((sum, typology) => sum + pull(typology), 0);
  return marked.map((typology) => ({ typology, adds: (score * pull(typology)) / whole }));
}

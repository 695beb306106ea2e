import { getTranslations } from 'next-intl/server';
import type { CatalogueEntry } from '@/server/queries/rules/rule-catalogue';

type Words = ((key: string, values?: Record<string, string | number>) => string) & { has: (key: string) => boolean };

/** Names and texts of what is in the catalogue; a rule that somebody added has its id alone. */
export async function ruleTexts() {
  const rules = (await getTranslations('rules')) as unknown as Words;
  const detection = (await getTranslations('detection')) as unknown as Words;
  const first = (words: Words, ...keys: string[]) => {
    const key = keys.find((one) => words.has(one));
    return key ? words(key) : null;
  };
  return {
    title: ({ kind, id }: Pick<CatalogueEntry, 'kind' | 'id'>) =>
      (kind === 'typology'
        ? first(detection, `typologies.${id}.title`)
        : kind === 'statistic'
          ? first(detection, `statistics.${id}`)
          : first(rules, `shipped.${id}.title`)) ?? id,
    text: ({ kind, id }: Pick<CatalogueEntry, 'kind' | 'id'>) =>
      kind === 'typology' ? first(detection, `typologies.${id}.text`) : kind === 'rule' ? first(rules, `shipped.${id}.text`) : null,
    citation: ({ kind, rule }: Pick<CatalogueEntry, 'kind' | 'rule'>) =>
      kind === 'typology'
        ? rules('typologyCite')
        : kind === 'statistic'
          ? rules('statisticCite')
          : rule
            ? (first(rules, `citations.${rule.citation}`) ?? rule.citation)
            : '',
    reason: (id: string, reason: string) => first(rules, `shipped.${id}.reasons.${reason}`) ?? reason,
  };
}

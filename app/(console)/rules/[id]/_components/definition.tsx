import { getTranslations } from 'next-intl/server';
import { Fragment } from 'react';
import type { Rule } from '@/domain/detection/rules/rule';
import { TYPOLOGY_SETTINGS, type Typology } from '@/domain/detection/typologies/typology';
import { formatDecimal } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import type { CatalogueEntry } from '@/server/queries/rules/rule-catalogue';

type DefinitionProps = { readonly entry: CatalogueEntry; readonly reasonOf: (id: string, reason: string) => string };

/** What it says, field by field, and its bands. */
export async function Definition({ entry, reasonOf }: DefinitionProps) {
  const [t, words, formulas] = await Promise.all([getTranslations('rules'), getTranslations('alerts'), getTranslations('alerts.formula')]);
  const lines: (readonly [string, string])[] = [];
  if (entry.kind === 'typology') {
    const { notable, alert, windowMs, rarity, weight } = TYPOLOGY_SETTINGS[entry.id as Typology];
    lines.push(
      [t('page.measure'), formulas(entry.id as Typology)],
      [t('page.window'), t('page.windowDays', { days: formatDecimal(windowMs / 86_400_000, 0) })],
      [t('page.notable'), `≥ ${notable}`],
      [t('page.alert'), `≥ ${alert}`],
      [t('page.rarity'), formatPercent(Math.round(rarity * 1e6), 1)],
      [t('page.weight'), formatDecimal(weight, 2)],
    );
  } else if (entry.rule) lines.push(...ruleLines(t, words, entry.rule));
  else if (entry.kind === 'statistic') lines.push([t('page.measure'), 'z = (x − median) ÷ (1.4826·MAD)'], [t('page.boundary'), 'q ≤ 1 %']);
  return (
    <section className="region">
      <div className="cap">
        <h2>{t(entry.kind === 'rule' ? 'page.definition' : 'page.settings')}</h2>
        <span className="meta">{t('page.version', { version: entry.version })}</span>
      </div>
      <dl className="ru-dl">
        {lines.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {entry.rule ? (
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('page.bandStart')}</th>
              <th scope="col">{t('page.bandOutcome')}</th>
              <th scope="col">{t('page.bandReason')}</th>
            </tr>
          </thead>
          <tbody>
            {entry.rule.bands.map(({ from, outcome, reason }) => (
              <tr key={from}>
                <td>
                  {entry.rule?.boundary === '>=' ? '≥' : '>'} {from.replace(/\B(?=(\d{3})+(?!\d))/g, ',')} {entry.rule?.currency ?? ''}
                </td>
                <td>{t(`outcomes.${outcome}`)}</td>
                <td className="t2 ru-wrap">{reasonOf(entry.id, reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

type T = Awaited<ReturnType<typeof getTranslations<'rules'>>>;
type Alerts = Awaited<ReturnType<typeof getTranslations<'alerts'>>>;

function ruleLines(t: T, words: Alerts, rule: Rule): (readonly [string, string])[] {
  const conditions = (list: Rule['when'], none: string) =>
    list.length === 0 ? none : list.map(({ field, is }) => `${field} = ${String(is)}`).join(words('join'));
  const of = 'of' in rule.measure ? ` (${rule.measure.of}${'is' in rule.measure ? ` = ${String(rule.measure.is)}` : ''})` : '';
  return [
    [t('page.measure'), `${words(`measure.${rule.measure.kind}` as 'measure.sum')}${of}`],
    [t('page.window'), words(`window.${rule.window}` as 'window.payment')],
    [t('page.group'), rule.groupBy.length === 0 ? t('page.nothing') : rule.groupBy.join(words('join'))],
    [t('page.when'), conditions(rule.when, t('page.anything'))],
    [t('page.unless'), conditions(rule.unless, t('page.nothing'))],
    [t('page.boundary'), t(rule.boundary === '>=' ? 'page.from' : 'page.over')],
    [t('page.currency'), rule.currency ?? t('page.any')],
    [t('page.effective'), rule.effectiveTo ? `${rule.effectiveFrom} – ${rule.effectiveTo}` : t('since', { day: rule.effectiveFrom })],
  ];
}

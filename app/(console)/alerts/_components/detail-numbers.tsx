import { Fragment } from 'react';
import { type AlertWords, figureText, ruleBound, ruleFigure } from '@/components/alerts/alert-words';
import type { AlertView } from '@/domain/alerts/alert-view';
import { formatDecimal } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import { formatPercent } from '@/domain/format/percent';

type Line = { readonly name: string; readonly value: string; readonly note?: string };

/** The computation, with every number that went into it, so that anybody can do it again. */
export function DetailNumbers({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t } = words;
  const { formula, lines } = computation(view, words);
  return (
    <div className="region">
      <div className="cap">
        <h2>{t('detail.computation')}</h2>
        <span className="meta mono">
          {view.row.ruleId} v{view.row.ruleVersion}
        </span>
      </div>
      <div className="al-fx">
        <div className="al-e">
          {formula.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
        <dl>
          {lines.map(({ name, value, note }) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
              <dd className="c">{note ?? ''}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </div>
  );
}

function computation({ detail, row }: AlertView, words: AlertWords): { formula: string[]; lines: Line[] } {
  const { alerts: t, locale } = words;
  const plain = (value: number) => formatDecimal(value, value % 1 === 0 ? 0 : 2);
  if (detail.kind === 'fault') return { formula: [detail.fault], lines: [] };
  if (detail.kind === 'statistic') {
    const figure = (value: number) => figureText(words, detail.unit, value);
    return {
      formula: detail.figure === 'success-drop' ? ['z = (p₀ − p) ÷ √(p̂(1 − p̂)(1/n + 1/n₀))'] : ['z = (x − median) ÷ 1.4826·MAD'],
      lines: [
        { name: `${t('detail.value')} x`, value: figure(detail.value) },
        { name: t('detail.median'), value: figure(detail.median) },
        { name: t('detail.mad'), value: figure(detail.mad) },
        { name: t(`detail.compared.${detail.against}`), value: String(detail.samples.length) },
        { name: t('detail.z'), value: formatDecimal(detail.z, 2) },
        { name: t('detail.p'), value: chance(detail.p) },
        {
          name: t('detail.q', { tests: detail.tests }),
          value: chance(detail.q),
          note: `≤ ${formatPercent(Math.round(detail.falseRate * 1e6), 0)}`,
        },
      ],
    };
  }
  if (detail.kind === 'rule') {
    const sign = detail.boundary === '>=' ? '≥' : '>';
    const bound = ruleBound(words, detail);
    return {
      formula: [t(`measure.${detail.measure}`), `x ${sign} ${bound}`],
      lines: [
        { name: `${t('detail.value')} x`, value: ruleFigure(words, detail, detail.value), note: t('detail.met') },
        { name: t('detail.bound'), value: bound, note: t(detail.boundary === '>=' ? 'detail.from' : 'detail.over') },
        { name: t('detail.window'), value: t(`window.${detail.window}`) },
        { name: t('detail.period'), value: detail.period },
        { name: t('detail.outcome'), value: words.rules(`outcomes.${detail.outcome}`) },
      ],
    };
  }
  const first = detail.findings[0] as (typeof detail.findings)[number];
  return {
    formula: [`x = ${t(`formula.${first.typology}`)}`, `x ≥ ${plain(first.askedHere)}`],
    lines: [
      { name: `${t('detail.size')} x`, value: plain(first.size), note: first.size >= first.askedHere ? t('detail.met') : '' },
      { name: t('detail.asked'), value: plain(first.asked) },
      ...(first.askedHere === first.asked ? [] : [{ name: t('detail.askedHere'), value: plain(first.askedHere) }]),
      { name: t('detail.window'), value: formatDuration(first.windowMs, locale) },
      { name: t('detail.share'), value: formatPercent(Math.round(first.share * 1e6), 2) },
      { name: t('detail.score'), value: formatDecimal(row.score, 2) },
    ],
  };
}

function chance(p: number): string {
  return p < 0.0001
    ? p
        .toExponential(1)
        .replace('e-', ' × 10⁻')
        .replace(/⁻(\d+)$/, (_, power: string) => `⁻${raised(power)}`)
    : formatDecimal(p, 4);
}

function raised(digits: string): string {
  return [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

import type { AlertWords } from '@/components/alerts/alert-words';
import type { AlertView } from '@/domain/alerts/alert-view';
import { TYPOLOGY_SETTINGS } from '@/domain/detection/typologies/typology';
import { formatDecimal } from '@/domain/format/count';
import { featureText } from './feature-text';

type Part = { readonly name: string; readonly adds: number; readonly note?: string };

/** What made the score: the learned model's largest contributions in log-odds, or the weights of the patterns that fired. */
export function DetailScore({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t, detection } = words;
  const { detail, row } = view;
  if (detail.kind !== 'typology') return null;
  const isLearned = detail.reasons.length > 0;
  const parts: Part[] = isLearned
    ? detail.reasons.map(({ feature, value, adds }) => ({
        name: featureText(detection, feature),
        adds,
        note: formatDecimal(value, value % 1 === 0 ? 0 : 2),
      }))
    : detail.findings.map(({ typology }) => ({
        name: detection(`typologies.${typology}.title`),
        adds: TYPOLOGY_SETTINGS[typology].weight,
      }));
  const largest = parts.reduce((top, { adds }) => Math.max(top, Math.abs(adds)), 0.0001);
  return (
    <section className="region">
      <div className="cap">
        <h2>{t('detail.contributions')}</h2>
        <span className="meta">
          {isLearned ? t('detail.learned', { model: `${detail.model?.name ?? ''} v${detail.model?.version ?? ''}` }) : t('detail.weighted')}
        </span>
        <span className="push strong">{formatDecimal(row.score, 2)}</span>
      </div>
      <ul className="al-parts">
        {parts.map(({ name, adds, note }) => (
          <li key={name}>
            <span className="cut">{name}</span>
            <span className="t3">{note ?? ''}</span>
            <span className="al-bar">
              <i className={adds < 0 ? 'less' : undefined} style={{ width: `${(Math.abs(adds) / largest) * 50}%` }} />
            </span>
            <span className="num">{`${adds < 0 ? '−' : '+'}${formatDecimal(Math.abs(adds), 2)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

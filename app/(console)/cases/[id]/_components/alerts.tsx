import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatCount } from '@/domain/format/count';
import type { CaseAlertRow } from '@/server/queries/cases/case-alerts';
import { Part } from './part';
import { TakeOff } from './take-off';

const GLYPHS = { high: 'critical', medium: 'major', low: 'minor' } as const;

/** The alerts of a case, each a link to its own page. */
export function Alerts({
  no,
  alerts,
  workable,
}: {
  readonly no: string;
  readonly alerts: readonly CaseAlertRow[];
  readonly workable: boolean;
}) {
  const t = useTranslations('cases');
  const [detection, rules] = [useTranslations('detection'), useTranslations('rules')];
  const kind = ({ source, ruleId }: CaseAlertRow) => {
    if (source === 'typology' && detection.has(`typologies.${ruleId}.title`)) return detection(`typologies.${ruleId}.title`);
    if (source === 'statistic' && detection.has(`statistics.${ruleId}`)) return detection(`statistics.${ruleId}`);
    return rules.has(`shipped.${ruleId}.title`) ? rules(`shipped.${ruleId}.title`) : ruleId;
  };
  return (
    <Part id="alerts" title={t('detail.alerts')} meta={formatCount(alerts.length)}>
      {alerts.length === 0 ? <p className="cs-none">{t('alerts.none')}</p> : null}
      <ul className="cs-lines">
        {alerts.map((alert) => (
          <li key={alert.id} className="row" data-alert={alert.id}>
            <SeverityGlyph severity={GLYPHS[alert.severity]} label={t(`alerts.severity.${alert.severity}`)} />
            <Link className="fig cut" href={`/alerts?alert=${alert.id}`} prefetch={false}>
              {kind(alert)}
            </Link>
            <span className="mono t3">AL-{alert.id}</span>
            <span className="t3 only-l">{t('alerts.payments', { count: alert.transactions })}</span>
            <span className="push t2">
              <BusinessTime at={alert.openedAt} form="short" />
            </span>
            {workable ? <TakeOff no={no} kind="alert" id={alert.id} what={`AL-${alert.id}`} /> : null}
          </li>
        ))}
      </ul>
    </Part>
  );
}

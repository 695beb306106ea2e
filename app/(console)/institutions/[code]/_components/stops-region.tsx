import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import type { PlannedStop } from '@/server/queries/connectivity/planned-stops';
import { StepForm } from '../../_components/step-form';
import { announce, takeStopBack } from '../../actions';

/** Announced stops, now and to come: their time counts neither for nor against availability. */
export function StopsRegion({
  code,
  stops,
  lines,
  mayOperate,
}: {
  code: string;
  stops: readonly PlannedStop[];
  lines: readonly string[];
  mayOperate: boolean;
}) {
  const t = useTranslations('institutions');
  return (
    <section className="region r-t" id="stops">
      <div className="cap">
        <h2>{t('stops.title')}</h2>
        <span className="meta">{t('stops.meta')}</span>
      </div>
      {stops.length === 0 ? <p className="meta ip-note">{t('stops.none')}</p> : null}
      <ul className="ip-stops">
        {stops.map((one) => (
          <li key={one.id}>
            <span className="nowrap">
              <BusinessTime at={one.fromAt} form="short" /> – <BusinessTime at={one.toAt} form="short" />
            </span>
            <span className="t2">
              {one.line ? (one.everybody ? t('stops.everybody', { line: one.line }) : one.line) : t('stops.whole')}
            </span>
            <span className="t3">{one.reason}</span>
            {mayOperate && !one.everybody ? (
              <StepForm
                quiet
                action={takeStopBack}
                fields={{ id: one.id }}
                open={t('stops.cancel')}
                submit={t('stops.cancelSure')}
                noteLabel={null}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayOperate ? (
        <div className="ip-note">
          <StepForm
            action={announce}
            fields={{ institution: code }}
            open={t('stops.announce')}
            submit={t('stops.announce')}
            noteLabel={t('stops.reason')}
            noteName="reason"
          >
            <select className="input" name="line" aria-label={t('stops.line')} defaultValue="">
              <option value="">{t('stops.whole')}</option>
              {lines.map((line) => (
                <option key={line} value={line}>
                  {line}
                </option>
              ))}
            </select>
            <input className="input" type="datetime-local" name="from" required aria-label={t('stops.from')} />
            <input className="input" type="datetime-local" name="to" required aria-label={t('stops.to')} />
          </StepForm>
        </div>
      ) : null}
    </section>
  );
}

import { useTranslations } from 'next-intl';
import { toBusinessText } from '@/domain/time-range';
import type { CaseDetail } from '@/server/queries/cases/case-detail';
import { stepHold } from '../../actions';
import { Part } from './part';

/** Whether the case is held, and the steps of placing and lifting a hold. */
export function Hold({
  detail: { no, hold },
  me,
  mayWork,
}: {
  readonly detail: CaseDetail;
  readonly me: string;
  readonly mayWork: boolean;
}) {
  const t = useTranslations('cases.hold');
  const ask = (step: string, why: string, words: string) => (
    <form action={stepHold} className="cs-inline-in">
      <input type="hidden" name="no" value={no} />
      <input className="input" name="reason" minLength={2} maxLength={500} required autoComplete="off" aria-label={why} placeholder={why} />
      <button type="submit" className="btn" name="step" value={step}>
        {words}
      </button>
    </form>
  );
  const title = useTranslations('cases.detail')('hold');
  if (!hold)
    return (
      <Part id="hold" title={title}>
        <div className="cs-block">
          <p className="t2">{t('none')}</p>
          {mayWork ? ask('place', t('why'), t('place')) : null}
        </div>
      </Part>
    );
  return (
    <Part id="hold" title={title}>
      <div className="cs-block" data-held="true">
        <p>{hold.reason}</p>
        <p className="t2">{t('placed', { at: toBusinessText(hold.placedAt), who: hold.placedByName })}</p>
        {hold.liftAskedBy === null ? (
          mayWork ? (
            ask('ask-lift', t('liftWhy'), t('askLift'))
          ) : null
        ) : (
          <>
            <p>{t('asked', { who: hold.liftAskedByName ?? '', why: hold.liftReason ?? '' })}</p>
            {hold.liftAskedBy === me ? <p className="t2">{t('another')}</p> : null}
            {mayWork ? (
              <form action={stepHold} className="row">
                <input type="hidden" name="no" value={no} />
                {hold.liftAskedBy === me ? null : (
                  <button type="submit" className="btn" name="step" value="lift">
                    {t('lift')}
                  </button>
                )}
                <button type="submit" className="btn" name="step" value="keep">
                  {t('keep')}
                </button>
              </form>
            ) : null}
          </>
        )}
      </div>
    </Part>
  );
}

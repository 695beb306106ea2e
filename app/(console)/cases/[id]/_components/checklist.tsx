import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { toShortBusinessText } from '@/domain/time-range';
import type { CaseCheck } from '@/server/queries/cases/case-work';
import { addCaseCheck, tickCaseCheck } from '../../actions';
import { Part } from './part';

/** The words of a step: the house's own ones have theirs in both languages. */
export function checkText(t: ReturnType<typeof useTranslations<'cases'>>, { step, text }: Pick<CaseCheck, 'step' | 'text'>): string {
  if (step !== null) return t.has(`step.${step}`) ? t(`step.${step}` as 'step.facts') : step;
  return text ?? '';
}

type ChecklistProps = { readonly no: string; readonly checks: readonly CaseCheck[]; readonly workable: boolean };

/** What has to be done before a case can be closed: every box is a button of its own form, so that it works without scripts. */
export function Checklist({ no, checks, workable }: ChecklistProps) {
  const t = useTranslations('cases');
  const done = checks.filter(({ at }) => at !== null).length;
  return (
    <Part id="checklist" title={t('detail.checklist')} meta={t('detail.doneOf', { done, of: checks.length })}>
      <ul className="cs-checks">
        {checks.map((check) => {
          const words = checkText(t, check);
          const ticked = check.at !== null;
          return (
            <li key={check.id} data-check={check.id} data-done={ticked}>
              <form action={tickCaseCheck}>
                <input type="hidden" name="no" value={no} />
                <input type="hidden" name="id" value={check.id} />
                <input type="hidden" name="to" value={ticked ? 'open' : 'done'} />
                {/* biome-ignore lint/a11y/useSemanticElements: a native checkbox does not send its form without scripts. */}
                <button
                  type="submit"
                  role="checkbox"
                  aria-checked={ticked}
                  aria-label={words}
                  className={ticked ? 'cs-box done' : 'cs-box'}
                  disabled={!workable}
                >
                  {ticked ? <Icon name="check" small /> : null}
                </button>
              </form>
              <span className={ticked ? 't2' : undefined}>{words}</span>
              {check.at ? (
                <span className="meta nowrap push">
                  {t('check.doneBy', { who: check.by ?? '', at: toShortBusinessText(check.at, new Date()) })}
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {workable ? (
        <form action={addCaseCheck} className="cs-inline">
          <input type="hidden" name="no" value={no} />
          <input
            className="input"
            name="text"
            maxLength={200}
            required
            autoComplete="off"
            aria-label={t('check.addHint')}
            placeholder={t('check.addHint')}
          />
          <button type="submit" className="btn">
            {t('check.add')}
          </button>
        </form>
      ) : null}
    </Part>
  );
}

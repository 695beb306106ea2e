import { useTranslations } from 'next-intl';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { CopyButton } from '@/components/ui/copy-button';
import { CASE_FINDINGS, closingObstacles } from '@/domain/cases/case-state';
import { toBusinessText } from '@/domain/time-range';
import type { CaseDetail } from '@/server/queries/cases/case-detail';
import { stepClosing } from '../../actions';
import { Part } from './part';

type ClosingProps = { readonly detail: CaseDetail; readonly openChecks: number; readonly me: string; readonly mayWork: boolean };

/** Whether the case can be closed, who proposed it with which finding, and the way for another person to decide. */
export function Closing({ detail, openChecks, me, mayWork }: ClosingProps) {
  const t = useTranslations('cases');
  const { no, status, closings, members } = detail;
  const last = closings.findLast(({ outcome }) => outcome === 'proposed' || outcome === 'closed');
  const standing = status === 'in-review' || status === 'closed' ? last : undefined;
  const earlier = closings.filter((one) => one !== standing);
  const obstacles = closingObstacles({ openChecks, supervised: members.some(({ part }) => part === 'supervisor') });
  const hidden = <input type="hidden" name="no" value={no} />;
  return (
    <Part id="closing" title={t('detail.closing')} meta={t('closing.two')}>
      <div className="cs-block" data-status={status}>
        {standing ? (
          <>
            <p>
              <span className="strong">{t(`finding.${standing.finding}`)}</span> <span className="cs-prose">{standing.conclusion}</span>
            </p>
            <p className="t2">
              {status === 'closed'
                ? t('closing.closed', {
                    at: toBusinessText(standing.decidedAt ?? standing.proposedAt),
                    proposer: standing.proposedByName,
                    closer: standing.decidedByName ?? '—',
                  })
                : standing.proposedBy === me
                  ? t('closing.mine', { at: toBusinessText(standing.proposedAt) })
                  : t('closing.proposed', { who: standing.proposedByName, at: toBusinessText(standing.proposedAt) })}
            </p>
            <p className="row meta" title={t('closing.bound')}>
              <span className="nowrap">{t('closing.hash')}</span>
              <span className="mono cut">{standing.hash}</span>
              <CopyButton value={standing.hash} what={t('closing.hash')} />
            </p>
          </>
        ) : null}
        {(status === 'open' || status === 'reopened') && obstacles.length > 0 ? (
          <ul aria-label={t('closing.blocked')}>
            {obstacles.map((obstacle) => (
              <li key={obstacle} className="row t2">
                <SeverityGlyph severity="minor" />
                {t(`refused.${obstacle}`)}
              </li>
            ))}
          </ul>
        ) : null}
        {mayWork && (status === 'open' || status === 'reopened') && obstacles.length === 0 ? (
          <form action={stepClosing} className="cs-stack">
            {hidden}
            <select className="input" name="finding" aria-label={t('finding.label')} defaultValue="substantiated">
              {CASE_FINDINGS.map((finding) => (
                <option key={finding} value={finding}>
                  {t(`finding.${finding}`)}
                </option>
              ))}
            </select>
            <textarea
              className="input cs-area"
              name="conclusion"
              rows={3}
              minLength={2}
              maxLength={2000}
              required
              aria-label={t('closing.conclusion')}
              placeholder={t('closing.conclusion')}
            />
            <button type="submit" className="btn main" name="step" value="propose">
              {t('closing.propose')}
            </button>
          </form>
        ) : null}
        {mayWork && status === 'in-review' && standing?.proposedBy === me ? (
          <form action={stepClosing}>
            {hidden}
            <button type="submit" className="btn" name="step" value="withdraw">
              {t('closing.withdraw')}
            </button>
          </form>
        ) : null}
        {mayWork && status === 'in-review' && standing && standing.proposedBy !== me ? (
          <>
            <form action={stepClosing}>
              {hidden}
              <input type="hidden" name="hash" value={standing.hash} />
              <button type="submit" className="btn main" name="step" value="close">
                {t('closing.close')}
              </button>
            </form>
            <WithReason no={no} step="reject" why={t('closing.rejectWhy')} words={t('closing.reject')} />
          </>
        ) : null}
        {mayWork && status === 'closed' ? (
          <WithReason no={no} step="reopen" why={t('closing.reopenWhy')} words={t('closing.reopen')} />
        ) : null}
        {earlier.length > 0 ? (
          <ul className="cs-earlier" aria-label={t('closing.before')}>
            {earlier.map((one) => (
              <li key={one.id} className="meta">
                {toBusinessText(one.proposedAt).slice(0, 16)} {one.proposedByName} · {t(`finding.${one.finding}`)} →{' '}
                {t(`closing.outcome.${one.outcome}`)}
                {one.decidedByName ? ` · ${one.decidedByName}` : ''}
                {one.reason ? ` · ${one.reason}` : ''}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Part>
  );
}

function WithReason({
  no,
  step,
  why,
  words,
}: {
  readonly no: string;
  readonly step: string;
  readonly why: string;
  readonly words: string;
}) {
  return (
    <form action={stepClosing} className="cs-inline-in">
      <input type="hidden" name="no" value={no} />
      <input className="input" name="reason" minLength={2} maxLength={500} required autoComplete="off" aria-label={why} placeholder={why} />
      <button type="submit" className="btn" name="step" value={step}>
        {words}
      </button>
    </form>
  );
}

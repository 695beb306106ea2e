import { useTranslations } from 'next-intl';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { CopyButton } from '@/components/ui/copy-button';
import { allows } from '@/domain/permissions';
import type { ClosingRefusal } from '@/domain/settlement/closing';
import { toBusinessText } from '@/domain/time-range';
import type { ClosingRow } from '@/server/queries/settlement/closings';
import type { SessionRow } from '@/server/queries/settlement/sessions';
import type { Actor } from '@/server/session';
import { decideSession, proposeSession, withdrawSession } from '../actions';
import type { SessionStateName } from './session-state';

type ClosingPanelProps = {
  readonly session: SessionRow;
  readonly state: SessionStateName;
  readonly obstacles: readonly ClosingRefusal[];
  readonly history: readonly ClosingRow[];
  readonly actor: Pick<Actor, 'id' | 'role'>;
  readonly back: string;
};

/** Whether the session can close, who proposed it, and the way for another person to confirm. */
export function ClosingPanel({ session, state, obstacles, history, actor, back }: ClosingPanelProps) {
  const t = useTranslations('settlement');
  const mine = session.proposedBy === actor.id;
  const hidden = (
    <>
      <input type="hidden" name="no" value={session.no} />
      <input type="hidden" name="back" value={back} />
    </>
  );
  const standing = history.find(({ outcome }) => outcome === 'open' || outcome === 'confirmed');
  return (
    <section className="st-part" aria-label={t('closing.title')} data-testid="closing" data-state={state}>
      <div className="cap">
        <h2>{t('closing.title')}</h2>
      </div>
      <div className="st-close">
        {state === 'collecting' ? <p>{t('closing.collecting')}</p> : null}
        {state === 'closed' && session.closedAt ? (
          <p>
            {t('closing.closed', {
              at: toBusinessText(session.closedAt),
              proposer: session.proposedByName ?? '—',
              confirmer: session.confirmedByName ?? '—',
            })}
          </p>
        ) : null}
        {state === 'proposed' && standing ? (
          <p>
            {mine
              ? t('closing.proposedMine')
              : t('closing.proposed', { who: standing.proposedByName, at: toBusinessText(standing.proposedAt) })}
          </p>
        ) : null}
        {state === 'awaiting' || state === 'proposed' ? <Obstacles obstacles={obstacles} proposed={state === 'proposed'} /> : null}
        {state === 'awaiting' && obstacles.length === 0 && allows(actor.role, 'settlement:propose') ? (
          <form action={proposeSession}>
            {hidden}
            <input
              className="input"
              name="note"
              maxLength={500}
              autoComplete="off"
              aria-label={t('closing.note')}
              placeholder={t('closing.note')}
            />
            <button type="submit" className="btn main">
              {t('closing.propose')}
            </button>
          </form>
        ) : null}
        {state === 'proposed' && mine ? (
          <form action={withdrawSession}>
            {hidden}
            <button type="submit" className="btn">
              {t('closing.withdraw')}
            </button>
          </form>
        ) : null}
        {state === 'proposed' && !mine && allows(actor.role, 'settlement:confirm') ? (
          <form action={decideSession}>
            {hidden}
            <input
              className="input"
              name="reason"
              maxLength={500}
              autoComplete="off"
              aria-label={t('closing.reason')}
              placeholder={t('closing.reason')}
            />
            <button type="submit" className="btn main" name="decision" value="confirm">
              {t('closing.confirm')}
            </button>
            <button type="submit" className="btn" name="decision" value="reject">
              {t('closing.reject')}
            </button>
          </form>
        ) : null}
        {allows(actor.role, 'settlement:confirm') ? null : <p className="meta">{t('closing.mayNot')}</p>}
        {standing ? (
          <p className="row st-digest">
            <span className="meta">{t('closing.digest')}</span>
            <span className="mono cut">{standing.digest}</span>
            <CopyButton value={standing.digest} what={t('closing.digest')} />
          </p>
        ) : null}
        {history.length > 0 ? (
          <ul aria-label={t('closing.history')}>
            {history.map((each) => (
              <li key={each.id} className="t2">
                <span className="nowrap">{toBusinessText(each.decidedAt ?? each.proposedAt).slice(5, 16)}</span>
                <span>
                  {each.proposedByName} → {t(`closing.outcome.${each.outcome}`)}
                  {each.decidedByName ? ` · ${each.decidedByName}` : ''}
                  {each.reason || each.note ? <span className="t3"> · {each.reason ?? each.note}</span> : null}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </section>
  );
}

function Obstacles({ obstacles, proposed }: { readonly obstacles: readonly ClosingRefusal[]; readonly proposed: boolean }) {
  const t = useTranslations('settlement');
  if (obstacles.length === 0) return proposed ? null : <p>{t('closing.ready')}</p>;
  return (
    <>
      <p>{t('closing.blocked')}</p>
      <ul>
        {obstacles.map((obstacle) => (
          <li key={obstacle}>
            <SeverityGlyph severity="major" />
            {t(`refused.${obstacle}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

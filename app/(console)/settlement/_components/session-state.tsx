import { useTranslations } from 'next-intl';

export type SessionStateName = 'collecting' | 'awaiting' | 'proposed' | 'closed';

export function sessionState(
  session: {
    readonly cutOffAt: Date;
    readonly closedAt: Date | null;
    readonly proposedBy: string | null;
  },
  now: Date,
): SessionStateName {
  if (session.closedAt !== null) return 'closed';
  if (session.proposedBy !== null) return 'proposed';
  return now < session.cutOffAt ? 'collecting' : 'awaiting';
}

/** Circle per state of a session: a ring that fills up, and a lock once it is closed. Its word stands beside it. */
export function SessionState({ state }: { readonly state: SessionStateName }) {
  const t = useTranslations('settlement');
  return (
    <span className={`st-state ${state}`} data-state={state}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {state === 'closed' ? (
          <path d="M2.5 5.5h7v5h-7z M4 5.5V4a2 2 0 0 1 4 0v1.5" fill="none" stroke="currentColor" strokeWidth="1.3" />
        ) : (
          <>
            <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.3" />
            {state === 'collecting' ? null : (
              <path d={state === 'awaiting' ? 'M6 1.7a4.3 4.3 0 0 1 0 8.6z' : 'M6 1.7A4.3 4.3 0 1 1 1.7 6H6z'} fill="currentColor" />
            )}
          </>
        )}
      </svg>
      {t(`state.${state}`)}
    </span>
  );
}

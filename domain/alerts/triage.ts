import { type AlertState, type DismissReason, isAnswered } from './alert-states';
import type { TriageAction } from './triage-action';

export type Triage = {
  readonly state: AlertState;
  readonly assigneeId: string | null;
  /** When a snoozed alert comes back; null in every other state. */
  readonly snoozedUntil: Date | null;
  /** Only of a dismissed alert. */
  readonly reason: DismissReason | null;
  /** The alert that says the same; only of a duplicate. */
  readonly duplicateOf: string | null;
};
export const UNTOUCHED: Triage = { state: 'open', assigneeId: null, snoozedUntil: null, reason: null, duplicateOf: null };

export type TriageRefusal = 'nothing-to-do' | 'already-answered' | 'snooze-range' | 'note-wanted' | 'itself';
export type TriageStep = { readonly kind: 'done'; readonly after: Triage } | { readonly kind: 'refused'; readonly reason: TriageRefusal };

/** Nothing may be put away for longer than this. */
export const SNOOZE_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

/**
 * The state after an action of `by`. What one person answered is not overwritten by another's answer: it has to be reopened first. Only an
 * accepted alert may still be escalated, since looking into it is what shows that it is worth a case. Who accepts an alert that nobody owns
 * owns it.
 */
export function triageStep(before: Triage, action: TriageAction, where: { alertId: string; by: string; at: Date }): TriageStep {
  const done = (change: Partial<Triage> & { state: AlertState }): TriageStep => ({
    kind: 'done',
    after: { ...UNTOUCHED, assigneeId: before.assigneeId, ...change },
  });
  if (action.kind === 'assign')
    return action.to === before.assigneeId ? refused('nothing-to-do') : { kind: 'done', after: { ...before, assigneeId: action.to } };
  if (action.kind === 'reopen') return before.state === 'open' ? refused('nothing-to-do') : done({ state: 'open' });
  if (isAnswered(before.state) && !(action.kind === 'escalate' && before.state === 'accepted')) return refused('already-answered');
  switch (action.kind) {
    case 'accept':
      return done({ state: 'accepted', assigneeId: before.assigneeId ?? where.by });
    case 'escalate':
      return done({ state: 'escalated' });
    case 'duplicate':
      return action.of === where.alertId ? refused('itself') : done({ state: 'duplicate', duplicateOf: action.of });
    case 'dismiss':
      if (action.reason === 'other' && !action.note) return refused('note-wanted');
      return done({ state: 'dismissed', reason: action.reason });
    case 'snooze': {
      const aheadMs = action.until.getTime() - where.at.getTime();
      if (!(aheadMs > 0 && aheadMs <= SNOOZE_DAYS_MAX * DAY_MS)) return refused('snooze-range');
      return done({ state: 'snoozed', snoozedUntil: action.until });
    }
  }
}

function refused(reason: TriageRefusal): TriageStep {
  return { kind: 'refused', reason };
}

/** Where an alert stands with people. `open` waits for somebody; `snoozed` comes back by itself; the others are answers. */
export const ALERT_STATES = ['open', 'snoozed', 'accepted', 'escalated', 'duplicate', 'dismissed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Why an alert was not worth acting on. Kept as a code, so that precision can be read by reason. */
export const DISMISS_REASONS = ['ordinary-business', 'known-customer', 'wrong-figures', 'below-concern', 'test-traffic', 'other'] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

/** States that wait for nobody any more. */
export function isAnswered(state: AlertState): boolean {
  return state !== 'open' && state !== 'snoozed';
}

/** Where an alert stands with people. `open` waits for somebody; `snoozed` comes back by itself; the others are answers. */
export const ALERT_STATES = ['open', 'snoozed', 'accepted', 'escalated', 'duplicate', 'dismissed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Why an alert was not worth acting on. Kept as a code, so that precision can be read by reason. */
export const DISMISS_REASONS = ['ordinary-business', 'known-customer', 'wrong-figures', 'below-concern', 'test-traffic', 'other'] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

export const ALERT_SEVERITIES = ['high', 'medium', 'low'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const ALERT_SOURCES = ['typology', 'rule', 'statistic'] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];

/** Whether nobody has to look at it any more. */
export function isAnswered(state: AlertState): boolean {
  return state !== 'open' && state !== 'snoozed';
}

const HOUR_MS = 3_600_000;
/** How long after it was raised an alert is to be answered, where nobody has set another time. */
export const DUE_AFTER_MS: Readonly<Record<AlertSeverity, number>> = { high: 4 * HOUR_MS, medium: 24 * HOUR_MS, low: 72 * HOUR_MS };

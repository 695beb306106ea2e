import { BUSINESS_OFFSET_MS, DAY_MS } from '@/domain/time-range';

const HOUR_MS = 3_600_000;

/** Until when one may put an alert away, in business time. Monday is the next one, never today. */
export function snoozeTimes(now: Date) {
  const midnight = Math.floor((now.getTime() + BUSINESS_OFFSET_MS) / DAY_MS) * DAY_MS - BUSINESS_OFFSET_MS;
  const weekday = new Date(midnight + BUSINESS_OFFSET_MS).getUTCDay();
  const toMonday = ((8 - weekday) % 7 || 7) * DAY_MS;
  return [
    { key: 'snooze1h', until: new Date(now.getTime() + HOUR_MS) },
    { key: 'snooze4h', until: new Date(now.getTime() + 4 * HOUR_MS) },
    { key: 'snoozeTomorrow', until: new Date(midnight + DAY_MS + 9 * HOUR_MS) },
    { key: 'snoozeMonday', until: new Date(midnight + toMonday + 9 * HOUR_MS) },
  ] as const;
}

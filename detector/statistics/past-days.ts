import { DAY_MS, HOUR_MS } from '@/domain/detection/movement';
import { GUARDS } from '@/domain/detection/statistics/series-verdict';

/** What a moment is held against: the same moment of earlier weeks, or where there are too few, of earlier days of the same kind. */
export type PastMoments = { readonly against: 'weeks' | 'days'; readonly backMs: readonly number[] };

const WEEKS_MAX = 8;
const DAYS_LOOKED = 28;
const DAYS_MAX = 10;

/** How far back each sample lies, the nearest first; none before `firstMs`, where the figures begin. */
export function pastMoments(atMs: number, firstMs: number): PastMoments {
  const held = (backMs: number) => atMs - backMs >= firstMs;
  const weeks = Array.from({ length: WEEKS_MAX }, (_, n) => (n + 1) * 7 * DAY_MS).filter(held);
  if (weeks.length >= GUARDS.samplesMin) return { against: 'weeks', backMs: weeks };
  const kind = isWeekend(atMs);
  const days = Array.from({ length: DAYS_LOOKED }, (_, n) => (n + 1) * DAY_MS).filter(
    (backMs) => held(backMs) && isWeekend(atMs - backMs) === kind,
  );
  return { against: 'days', backMs: days.slice(0, DAYS_MAX) };
}

/** Saturday or Sunday in business time, UTC+8. */
function isWeekend(atMs: number): boolean {
  const weekday = new Date(atMs + 8 * HOUR_MS).getUTCDay();
  return weekday === 0 || weekday === 6;
}

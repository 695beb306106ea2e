import { momentText } from '@/domain/format/moment';
import { businessDay, toBusinessText } from '@/domain/time-range';

/** The time of day of something that happened on the day of `now`, else the date and time: "17:41", "11-20 17:41". */
export function sinceText(at: Date, now: Date): string {
  const text = toBusinessText(at);
  return businessDay(at) === businessDay(now) ? text.slice(11, 16) : momentText(at, now);
}

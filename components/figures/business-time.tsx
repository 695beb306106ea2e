import { toBusinessText, toShortBusinessText } from '@/domain/time-range';

type BusinessTimeProps = {
  readonly at: Date | string;
  /** full "2026-11-23 17:46:52" · time "17:46:52" · minute "17:46" · day "2026-11-23" · short "11-23 17:46", with its year where that is not the present one · ms adds milliseconds. */
  readonly form?: 'full' | 'time' | 'minute' | 'day' | 'short' | 'ms';
};

const CUTS = { full: [0, 19], time: [11, 19], minute: [11, 16], day: [0, 10], ms: [0, 19] } as const;

/** A moment in business time (UTC+8), machine-readable as UTC. */
export function BusinessTime({ at, form = 'full' }: BusinessTimeProps) {
  const moment = typeof at === 'string' ? new Date(at) : at;
  const full = toBusinessText(moment);
  const ms = form === 'ms' ? `.${String(moment.getTime() % 1000).padStart(3, '0')}` : '';
  const text = form === 'short' ? toShortBusinessText(moment, new Date()) : full.slice(...CUTS[form]) + ms;
  return (
    <time className="nowrap" dateTime={moment.toISOString()} title={`${full} UTC+8`}>
      {text}
    </time>
  );
}

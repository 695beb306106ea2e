// The made-up country's time. Business time is UTC+8 all year; seconds are since the epoch.

export const ZONE_SECONDS = 8 * 3600;
export const DAY_SECONDS = 86_400;
/** Twelve settlement sessions a day: "20261123-01" covers 00:00 to 02:00. */
export const SESSION_SECONDS = 7_200;

type Season = { readonly name: string; readonly from: string; readonly to: string; readonly factor: number };

/** Days on which the country pays more or less than on an ordinary day of the week. */
export const SEASONS: readonly Season[] = [
  { name: 'new year', from: '2026-01-01', to: '2026-01-03', factor: 1.08 },
  { name: 'new year shopping', from: '2026-02-05', to: '2026-02-14', factor: 1.2 },
  { name: 'spring festival', from: '2026-02-15', to: '2026-02-23', factor: 0.78 },
  { name: 'tomb sweeping', from: '2026-04-04', to: '2026-04-06', factor: 0.93 },
  { name: 'labour days', from: '2026-05-01', to: '2026-05-05', factor: 1.12 },
  { name: 'mid-year sales', from: '2026-06-16', to: '2026-06-18', factor: 1.45 },
  { name: 'dragon boat', from: '2026-06-19', to: '2026-06-21', factor: 0.97 },
  { name: 'mid-autumn', from: '2026-09-25', to: '2026-09-27', factor: 1.04 },
  { name: 'national days', from: '2026-10-01', to: '2026-10-07', factor: 1.1 },
  { name: 'eve of the November sales', from: '2026-11-10', to: '2026-11-10', factor: 1.25 },
  { name: 'November sales', from: '2026-11-11', to: '2026-11-11', factor: 1.9 },
  { name: 'December sales', from: '2026-12-12', to: '2026-12-12', factor: 1.5 },
  { name: 'new year', from: '2027-01-01', to: '2027-01-03', factor: 1.08 },
  { name: 'new year shopping', from: '2027-01-26', to: '2027-02-03', factor: 1.2 },
  { name: 'spring festival', from: '2027-02-05', to: '2027-02-11', factor: 0.78 },
];

/** Monday first; they average 1. */
const WEEKDAYS = [0.97, 0.96, 0.97, 0.99, 1.08, 1.07, 0.96] as const;

const factorByDay = new Map<number, number>();
for (const { from, to, factor } of SEASONS) {
  for (let day = Date.parse(from) / 86_400_000; day <= Date.parse(to) / 86_400_000; day++) factorByDay.set(day, factor);
}

/** Number of the business day, counted from 1970-01-01 in business time. */
export function businessDay(second: number): number {
  return Math.floor((second + ZONE_SECONDS) / DAY_SECONDS);
}

/** How busy a business day is against an average one. */
export function dayFactor(day: number): number {
  return (WEEKDAYS[(day + 3) % 7] as number) * (factorByDay.get(day) ?? 1);
}

/** Share of a day's traffic by minute of the business day; the 1,440 values average 1. */
export const DAY_CURVE: Float64Array = (() => {
  const bump = (hour: number, centre: number, width: number) => {
    const apart = Math.min(Math.abs(hour - centre), 24 - Math.abs(hour - centre));
    return Math.exp(-((apart / width) ** 2) / 2);
  };
  const raw = Float64Array.from({ length: 1440 }, (_, minute) => {
    const hour = minute / 60;
    return 0.13 + 0.5 * bump(hour, 9.4, 1.5) + 1.0 * bump(hour, 12.3, 1.25) + 0.5 * bump(hour, 15.6, 1.9) + 1.25 * bump(hour, 20.2, 1.9);
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  return raw.map((value) => value / mean);
})();

export type Session = {
  /** For instance "20261123-03". */
  readonly no: string;
  readonly opensAt: number;
  /** The first second after it. */
  readonly closesAt: number;
  /** When its payments become irrevocable, in epoch milliseconds: netting and submission take some minutes. */
  readonly finalAtMs: number;
};

let lastSession: Session | undefined;

/** The settlement session that covers a second. */
export function sessionAt(second: number): Session {
  // Asked for by every line, and nearly always about the session of the line before.
  if (lastSession === undefined || second < lastSession.opensAt || second >= lastSession.closesAt) lastSession = sessionOf(second);
  return lastSession;
}

function sessionOf(second: number): Session {
  const local = second + ZONE_SECONDS;
  const start = local - (((local % SESSION_SECONDS) + SESSION_SECONDS) % SESSION_SECONDS);
  const number = (start % DAY_SECONDS) / SESSION_SECONDS + 1;
  const day = new Date((start - (start % DAY_SECONDS)) * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const opensAt = start - ZONE_SECONDS;
  const closesAt = opensAt + SESSION_SECONDS;
  // Between 3 and 7 minutes, the same whenever it is asked.
  const nettingSeconds = 180 + ((Math.floor(start / SESSION_SECONDS) * 97) % 240);
  return { no: `${day}-${String(number).padStart(2, '0')}`, opensAt, closesAt, finalAtMs: (closesAt + nettingSeconds) * 1000 };
}

import { BUSINESS_OFFSET_MS, DAY_MS } from '../time-range';

/** When sessions end, from a business day on. */
export type SettlementSchedule = {
  /** Business day counted from 1970-01-01. */
  readonly fromDay: number;
  /** Minutes of the business day, ascending, each in 1 … 1440. */
  readonly cutOffs: readonly number[];
};

export type SessionSpan = {
  /** For instance "20261123-03": the business day on which it is cut off, and which of that day's sessions it is. */
  readonly no: string;
  /** Business day counted from 1970-01-01. */
  readonly day: number;
  /** From 1. */
  readonly ordinal: number;
  readonly opensAtMs: number;
  /** The first moment after it. */
  readonly cutOffAtMs: number;
};

const MINUTE_MS = 60_000;

/**
 * Which session covers a moment. Each begins where the one before it ended, whatever version of the schedule that one was of, so that every
 * moment is in exactly one session. `schedules` must hold a version for every day that is asked for.
 */
export class SessionCalendar {
  readonly #schedules: readonly SettlementSchedule[];

  constructor(schedules: readonly SettlementSchedule[]) {
    this.#schedules = [...schedules].sort((a, b) => b.fromDay - a.fromDay);
  }

  sessionAt(atMs: number): SessionSpan {
    const day = Math.floor((atMs + BUSINESS_OFFSET_MS) / DAY_MS);
    for (let on = day; ; on++) {
      const ordinal = this.#cutOffs(on).findIndex((minute) => atMs < cutOffMs(on, minute)) + 1;
      if (ordinal > 0) return this.#session(on, ordinal);
    }
  }

  after(session: SessionSpan): SessionSpan {
    return this.sessionAt(session.cutOffAtMs);
  }

  #session(day: number, ordinal: number): SessionSpan {
    const cutOffs = this.#cutOffs(day);
    const before = ordinal > 1 ? { day, minute: cutOffs[ordinal - 2] } : { day: day - 1, minute: this.#cutOffs(day - 1).at(-1) };
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    return {
      no: `${date}-${String(ordinal).padStart(2, '0')}`,
      day,
      ordinal,
      opensAtMs: cutOffMs(before.day, before.minute as number),
      cutOffAtMs: cutOffMs(day, cutOffs[ordinal - 1] as number),
    };
  }

  #cutOffs(day: number): readonly number[] {
    // Before the first version there is nothing to say otherwise.
    const version = this.#schedules.find(({ fromDay }) => fromDay <= day) ?? this.#schedules.at(-1);
    if (!version) throw new Error('there is no settlement schedule');
    return version.cutOffs;
  }
}

function cutOffMs(day: number, minute: number): number {
  return day * DAY_MS - BUSINESS_OFFSET_MS + minute * MINUTE_MS;
}

/** What is wrong with cut-offs that somebody asks for; null where they can be a schedule. */
export function cutOffsFault(cutOffs: readonly number[]): 'none' | 'too-many' | 'outside-the-day' | 'not-ascending' | null {
  if (cutOffs.length === 0) return 'none';
  if (cutOffs.length > 96) return 'too-many';
  if (cutOffs.some((minute) => !Number.isInteger(minute) || minute < 1 || minute > 1440)) return 'outside-the-day';
  return cutOffs.every((minute, n) => n === 0 || minute > (cutOffs[n - 1] as number)) ? null : 'not-ascending';
}

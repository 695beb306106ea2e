/** The platform's business day is a day in UTC+8 (北京时间), which has no daylight saving. */
export const BUSINESS_OFFSET_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Half-open: from ≤ t < to. */
export type TimeRange = { readonly from: Date; readonly to: Date };

export const PRESETS = ['1h', '24h', '7d', '14d', '30d', '90d'] as const;
export type Preset = (typeof PRESETS)[number];
const PRESET_MS: Record<Preset, number> = {
  '1h': HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '14d': 14 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

export const COMPARES = ['weekday', 'previous', 'year', 'none'] as const;
/** weekday: the same hours a week (or a whole number of weeks) earlier. previous: the span just before. year: 52 weeks earlier. */
export type Compare = (typeof COMPARES)[number];

/** What the address bar says: a preset is live and moves with the data, an absolute range is not. */
export type RangeChoice = { readonly kind: 'live'; readonly preset: Preset } | { readonly kind: 'absolute'; readonly range: TimeRange };

const ABSOLUTE = /^(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)~(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)$/;

/** What a screen shows when its address names no range, or one that cannot be read. */
const DEFAULT_CHOICE: RangeChoice = { kind: 'live', preset: '24h' };

/** Reads `range=24h` or `range=2026-11-22T09:00~2026-11-23T09:00` (business time); anything else is the last 24 hours. */
export function parseRange(text: string | undefined): RangeChoice {
  return (text === undefined ? null : readRange(text)) ?? DEFAULT_CHOICE;
}

/** Like {@link parseRange}, but null for what is no range. */
export function readRange(text: string): RangeChoice | null {
  if ((PRESETS as readonly string[]).includes(text)) return { kind: 'live', preset: text as Preset };
  const match = ABSOLUTE.exec(text);
  const from = match && fromBusinessText(match[1] as string);
  const to = match && fromBusinessText(match[2] as string);
  return from && to && from < to ? { kind: 'absolute', range: { from, to } } : null;
}

export function formatRange(range: TimeRange): string {
  return `${toBusinessText(range.from).replace(' ', 'T')}~${toBusinessText(range.to).replace(' ', 'T')}`;
}

// No zod here: this file is part of every page's first script.
export const Compare = {
  /** Anything but one of the four is the same weekday. */
  parse: (text: unknown): Compare => COMPARES.find((known) => known === text) ?? 'weekday',
};

/** The span a choice means when the newest data is of `dataAt`. A live span ends at the data, so that every figure has its rows. */
export function resolveRange(choice: RangeChoice, dataAt: Date): TimeRange {
  if (choice.kind === 'absolute') return choice.range;
  return { from: new Date(dataAt.getTime() - PRESET_MS[choice.preset]), to: dataAt };
}

/** The span to compare with, or undefined for none. */
export function comparedRange(range: TimeRange, compare: Compare): TimeRange | undefined {
  const span = range.to.getTime() - range.from.getTime();
  if (compare === 'none') return undefined;
  const back = compare === 'previous' ? span : compare === 'year' ? 364 * DAY_MS : Math.ceil(span / (7 * DAY_MS)) * 7 * DAY_MS;
  return { from: new Date(range.from.getTime() - back), to: new Date(range.to.getTime() - back) };
}

/** "2026-11-23 17:46:52" in business time. */
export function toBusinessText(at: Date): string {
  return new Date(at.getTime() + BUSINESS_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** "11-23 17:46" in business time, with its year where that is not the year of `now`. */
export function toShortBusinessText(at: Date, now: Date): string {
  const full = toBusinessText(at);
  return full.slice(full.slice(0, 4) === toBusinessText(now).slice(0, 4) ? 5 : 0, 16);
}

/** "2026-11-23": the business day that holds `at`. */
export function businessDay(at: Date): string {
  return toBusinessText(at).slice(0, 10);
}

/** First instant of the business day that holds `at`. */
export function startOfBusinessDay(at: Date): Date {
  return new Date(Math.floor((at.getTime() + BUSINESS_OFFSET_MS) / DAY_MS) * DAY_MS - BUSINESS_OFFSET_MS);
}

function fromBusinessText(text: string): Date | null {
  const at = new Date(`${text.length === 10 ? `${text}T00:00` : text}+08:00`);
  // The 31st of February would be taken for the 3rd of March.
  return Number.isNaN(at.getTime()) || !toBusinessText(at).startsWith(text.slice(0, 10)) ? null : at;
}

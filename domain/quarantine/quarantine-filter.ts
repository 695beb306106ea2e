import { readRange } from '../time-range';
import { FEEDS, type FeedName } from './feeds';

export const QUARANTINE_STATES = ['open', 'resolved', 'all'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** Filters of the quarantine page as the address bar says them; undefined is no filter. */
export type QuarantineFilter = {
  readonly state: QuarantineState;
  readonly reason: string | undefined;
  readonly feed: FeedName | undefined;
  /** Code of the institution that sent the line. */
  readonly institution: string | undefined;
};

/** What of the address cannot be read, by parameter. */
export type MisreadParameter = { readonly key: string; readonly text: string };

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address bar; whatever is no filter is left out, and named by {@link misreadParameters}. */
export function parseQuarantineFilter(params: SearchParams): QuarantineFilter {
  const reason = one(params.reason);
  const institution = one(params.institution);
  return {
    state: QUARANTINE_STATES.find((state) => state === one(params.state)) ?? 'open',
    reason: reason && REASON.test(reason) ? reason : undefined,
    feed: FEEDS.find((feed) => feed === one(params.feed)),
    institution: institution && INSTITUTION.test(institution) ? institution : undefined,
  };
}

// A format's own codes are admitted too, so the shape is checked and not the list.
const REASON = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;
const INSTITUTION = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

/**
 * What stands in the address and cannot be read. All lines would be a wrong answer to such an address, so the page lists none while there
 * is any. An empty parameter asks for nothing.
 */
export function misreadParameters(params: SearchParams): readonly MisreadParameter[] {
  return Object.entries(params).flatMap(([key, given]) => {
    const text = typeof given === 'string' ? given : (given ?? []).join(', ');
    const readable = READABLE[key];
    if (text.trim() === '' || (typeof given === 'string' && readable?.(given))) return [];
    return [{ key, text }];
  });
}

const READABLE: Readonly<Record<string, (text: string) => boolean>> = {
  state: (text) => (QUARANTINE_STATES as readonly string[]).includes(text),
  reason: (text) => REASON.test(text),
  feed: (text) => (FEEDS as readonly string[]).includes(text),
  institution: (text) => INSTITUTION.test(text),
  range: (text) => readRange(text) !== null,
  before: (text) => /^\d{1,18}$/.test(text),
  // The bar's own, which narrow no line.
  compare: () => true,
  currency: () => true,
};

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

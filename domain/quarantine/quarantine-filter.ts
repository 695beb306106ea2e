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

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address bar; whatever is no filter is left out. */
export function parseQuarantineFilter(params: SearchParams): QuarantineFilter {
  const reason = one(params.reason);
  const institution = one(params.institution);
  return {
    state: QUARANTINE_STATES.find((state) => state === one(params.state)) ?? 'open',
    // A format's own codes are admitted too, so the shape is checked and not the list.
    reason: reason && /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(reason) ? reason : undefined,
    feed: FEEDS.find((feed) => feed === one(params.feed)),
    institution: institution && /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/.test(institution) ? institution : undefined,
  };
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

import { ALERT_SEVERITIES, ALERT_STATES, type AlertSeverity, type AlertState } from './alert-states';

export const QUEUES = ['open', 'mine', 'unassigned', 'snoozed', 'all'] as const;
export type Queue = (typeof QUEUES)[number];
export const SORTS = ['score', 'time', 'amount', 'due'] as const;
export type Sort = (typeof SORTS)[number];
/** How long ago an alert was raised, at least or at most. */
export const AGES = ['under-1h', 'under-24h', 'over-24h', 'over-3d', 'overdue'] as const;
export type Age = (typeof AGES)[number];

/** What a list of alerts is narrowed to, as the address says it. Empty lists are no condition. */
export type AlertFilter = {
  readonly queue: Queue;
  readonly severities: readonly AlertSeverity[];
  /** Typologies, rules and statistics by their code. */
  readonly sources: readonly string[];
  /** Institutions' codes. */
  readonly institutions: readonly string[];
  readonly age: Age | undefined;
  /** Only where the queue is `all`: the other queues are states themselves. */
  readonly states: readonly AlertState[];
  readonly sort: Sort;
};
export const ALERT_FILTER_KEYS = ['queue', 'severity', 'source', 'institution', 'age', 'state', 'sort'] as const;
export type AlertFilterKey = (typeof ALERT_FILTER_KEYS)[number];

type Search = Readonly<Record<string, string | string[] | undefined>>;
const CODE = /^[\w.:@-]{1,64}$/;
const CODES_MAX = 40;

/** Reads an address; what cannot be read is left out, so that an old link still opens. */
export function parseAlertFilter(search: Search): AlertFilter {
  const one = (key: AlertFilterKey) => {
    const value = search[key];
    return Array.isArray(value) ? value[0] : value;
  };
  const list = (key: AlertFilterKey) => [...new Set((one(key) ?? '').split(',').filter((part) => CODE.test(part)))].slice(0, CODES_MAX);
  const queue = QUEUES.find((known) => known === one('queue')) ?? 'open';
  return {
    queue,
    severities: ALERT_SEVERITIES.filter((known) => list('severity').includes(known)),
    sources: list('source'),
    institutions: list('institution'),
    age: AGES.find((known) => known === one('age')),
    states: queue === 'all' ? ALERT_STATES.filter((known) => list('state').includes(known)) : [],
    sort: SORTS.find((known) => known === one('sort')) ?? 'score',
  };
}

/** The address of a filter, without what goes without saying: the same filter has one address. */
export function alertSearch(filter: AlertFilter): Record<AlertFilterKey, string | undefined> {
  const list = (values: readonly string[]) => (values.length === 0 ? undefined : values.join(','));
  return {
    queue: filter.queue === 'open' ? undefined : filter.queue,
    severity: list(filter.severities),
    source: list(filter.sources),
    institution: list(filter.institutions),
    age: filter.age,
    state: filter.queue === 'all' ? list(filter.states) : undefined,
    sort: filter.sort === 'score' ? undefined : filter.sort,
  };
}

/** Whether anything but the queue and the order narrows the list. */
export function isNarrowed(filter: AlertFilter): boolean {
  return (
    filter.severities.length + filter.sources.length + filter.institutions.length + filter.states.length > 0 || filter.age !== undefined
  );
}

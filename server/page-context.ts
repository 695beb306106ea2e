import 'server-only';
import { getLocale } from 'next-intl/server';
import { isCurrency } from '@/domain/currency';
import { Compare, comparedRange, parseRange, type RangeChoice, resolveRange, type TimeRange } from '@/domain/time-range';
import { currenciesInUse } from './queries/session/currencies-in-use';
import { newestData } from './queries/session/newest-data';
import type { Actor } from './session';

export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** What every screen is about: which span, compared with which, in which currency, as of when. */
export type PageContext = {
  readonly choice: RangeChoice;
  readonly range: TimeRange;
  readonly compare: Compare;
  readonly compared: TimeRange | undefined;
  /** The one currency that this page's amounts are in. */
  readonly currency: string;
  /** Every currency with payments, most payments first; the chosen one is always among them. */
  readonly currencies: readonly string[];
  /** Time of the newest payment in the figures; null while there is none. */
  readonly dataAt: Date | null;
  readonly locale: 'zh-CN' | 'en';
};

/** Reads `range`, `compare` and `currency` from the address; anything unreadable falls back instead of failing. */
export async function pageContext(actor: Actor, searchParams: SearchParams): Promise<PageContext> {
  const [search, inUse, dataAt, locale] = await Promise.all([searchParams, currenciesInUse(actor), newestData(), getLocale()]);
  const choice = parseRange(one(search.range));
  const range = resolveRange(choice, dataAt ?? new Date());
  const compare = Compare.parse(one(search.compare));
  const wished = one(search.currency);
  const currency = wished && isCurrency(wished) ? wished : (inUse[0] ?? 'CNY');
  return {
    choice,
    range,
    compare,
    compared: comparedRange(range, compare),
    currency,
    currencies: inUse.includes(currency) ? inUse : [currency, ...inUse],
    dataAt,
    locale: locale === 'en' ? 'en' : 'zh-CN',
  };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

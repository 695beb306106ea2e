import 'server-only';
import { getLocale } from 'next-intl/server';
import { isCurrency } from '@/domain/currency';
import { Compare, comparedRange, parseRange, type RangeChoice, resolveRange, type TimeRange } from '@/domain/time-range';
import { currenciesSeen } from './queries/session/currencies-seen';
import { dataTime } from './queries/session/data-time';
import type { Actor } from './session';

export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** What every screen is about: which span, compared with which, in which currency, as of when. */
export type PageContext = {
  readonly choice: RangeChoice;
  readonly range: TimeRange;
  readonly compare: Compare;
  readonly compared: TimeRange | undefined;
  readonly currency: string;
  /** Currencies with payments in the span, most payments first; the chosen one is always among them. */
  readonly currencies: readonly string[];
  /** Time of the newest payment in the figures; null while there is none. */
  readonly dataAt: Date | null;
  readonly locale: 'zh-CN' | 'en';
};

/** Reads range, compare and currency from the address, and the data's time from the monitor. */
export async function pageContext(_actor: Actor, searchParams: SearchParams): Promise<PageContext> {
  const [parameters, dataAt, locale] = await Promise.all([searchParams, dataTime(), getLocale()]);
  const choice = parseRange(first(parameters.range));
  const range = resolveRange(choice, dataAt ?? new Date());
  const compare = Compare.parse(first(parameters.compare));
  const seen = await currenciesSeen(range);
  const asked = first(parameters.currency);
  const currency = asked && isCurrency(asked) ? asked : (seen[0] ?? 'CNY');
  return {
    choice,
    range,
    compare,
    compared: comparedRange(range, compare),
    currency,
    currencies: seen.includes(currency) ? seen : [currency, ...seen],
    dataAt,
    locale: locale === 'en' ? 'en' : 'zh-CN',
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

import { currencyPlaces } from './currency';

/** An amount in whole minor units (fen, cent, yen). Never a floating number: a year of clearing exceeds what a double holds exactly. */
export type Money = { readonly minor: bigint; readonly currency: string };

/** Largest amount one payment may carry: what a PostgreSQL bigint holds. */
export const MAX_MINOR = 9_223_372_036_854_775_807n;

export type AmountFault = 'amount-syntax' | 'amount-scale' | 'amount-zero' | 'amount-negative' | 'amount-range' | 'currency-unknown';
export type ParsedAmount = { readonly ok: true; readonly minor: bigint } | { readonly ok: false; readonly fault: AmountFault };

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;
const WHOLE = /^(-?)(\d{1,19})$/;
/** More whole digits than any amount may have, of something that otherwise is one. */
const TOO_LONG = /^(-?)[1-9]\d{18,}(?:\.\d{1,18})?$/;
const WHOLE_TOO_LONG = /^(-?)[1-9]\d{19,}$/;

/**
 * Minor units of a decimal string in major units, exactly: "478200.00" CNY → 47820000n.
 * Digits that the currency cannot carry are a fault unless they are zeros ("60.00" JPY is 60 yen, "60.94" JPY is no amount).
 */
export function parseAmount(decimal: string, currency: string): ParsedAmount {
  const places = currencyPlaces(currency);
  if (places === undefined) return { ok: false, fault: 'currency-unknown' };
  const match = DECIMAL.exec(decimal);
  if (!match) return { ok: false, fault: longFault(TOO_LONG.exec(decimal)) ?? 'amount-syntax' };
  const [, sign, whole = '', fraction = ''] = match;
  for (let i = places; i < fraction.length; i++) if (fraction.charCodeAt(i) !== 48) return { ok: false, fault: 'amount-scale' };
  return checkedMinor(sign === '-', BigInt(whole + fraction.slice(0, places).padEnd(places, '0')));
}

/** Minor units of a whole-number string, checked like {@link parseAmount}: "47820000" → 47820000n. */
export function parseMinor(minor: string, currency: string): ParsedAmount {
  if (currencyPlaces(currency) === undefined) return { ok: false, fault: 'currency-unknown' };
  const match = WHOLE.exec(minor);
  if (!match) {
    const fault = longFault(WHOLE_TOO_LONG.exec(minor));
    return { ok: false, fault: fault ?? (/^-?\d+\.\d+$/.test(minor) ? 'amount-scale' : 'amount-syntax') };
  }
  return checkedMinor(match[1] === '-', BigInt(match[2] ?? '0'));
}

function longFault(match: RegExpExecArray | null): AmountFault | undefined {
  if (!match) return undefined;
  return match[1] === '-' ? 'amount-negative' : 'amount-range';
}

function checkedMinor(negative: boolean, minor: bigint): ParsedAmount {
  if (minor === 0n) return { ok: false, fault: 'amount-zero' };
  if (negative) return { ok: false, fault: 'amount-negative' };
  if (minor > MAX_MINOR) return { ok: false, fault: 'amount-range' };
  return { ok: true, minor };
}

/** The exact decimal in major units, without grouping: 47820000n CNY → "478200.00". Throws on a currency ISO 4217 does not list. */
export function toDecimal({ minor, currency }: Money): string {
  const places = currencyPlaces(currency);
  if (places === undefined) throw new Error(`no such currency: ${currency}`);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** a / b in parts per million, rounded half up, without leaving whole numbers; null where b is zero. */
export function ratioPpm(a: bigint, b: bigint): number | null {
  return b === 0n ? null : Number((a * 2_000_000n + b) / (2n * b));
}

/** a / b as a plain fraction, exact to a millionth; 0 where b is zero: the share of nothing is nothing. */
export function shareOf(a: bigint, b: bigint): number {
  return (ratioPpm(a, b) ?? 0) / 1_000_000;
}

/** For sorting, the most first, exactly. */
export function mostFirst(a: bigint, b: bigint): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/**
 * A magnitude for pixels, scales and statistics only (bar lengths, colour steps, a concentration index): exact to some fifteen digits.
 * What is shown as a figure, summed or compared with money never goes through here.
 */
export function magnitude(minor: bigint): number {
  return Number(minor);
}

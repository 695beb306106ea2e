/**
 * What every institution paid every other in one stretch of time, column by column, in ascending order of `keys`. A day of a busy platform
 * is a hundred thousand pairs: as objects they would take five times the room, and adding up big integers ten times as long.
 */
export type PairSums = {
  /** See {@link pairKey}. */
  readonly keys: Float64Array;
  /** Succeeded payments only, minor units of one currency, as {@link AMOUNT_UNIT} × high + low: both may be added up and stay exact. */
  readonly amountHigh: Int32Array;
  readonly amountLow: Uint32Array;
  readonly succeeded: Float64Array;
  readonly declined: Float64Array;
  readonly failed: Float64Array;
  readonly unknown: Float64Array;
};

/** Row numbers of institutions stay below. */
export const PAYEES = 2 ** 26;

/** What one of the high part of an amount is worth. Two million low parts add up to less than 2⁵³. */
export const AMOUNT_UNIT = 2 ** 32;

/** One number of two institutions' row numbers (each below 2²⁶), exact as a double. */
export function pairKey(payerId: number, payeeId: number): number {
  return payerId * PAYEES + payeeId;
}

export function sidesOfKey(key: number): { payerId: number; payeeId: number } {
  const payerId = Math.floor(key / PAYEES);
  return { payerId, payeeId: key - payerId * PAYEES };
}

/** An amount of added up high and low parts. */
export function amountOf(high: number, low: number): bigint {
  const amount = high * AMOUNT_UNIT + low;
  return Number.isSafeInteger(amount) ? BigInt(amount) : BigInt(high) * BigInt(AMOUNT_UNIT) + BigInt(low);
}

/** Lists of the same pairs in ascending order, separated by commas; the counts of one pair are `succeeded`, or all four with slashes between. */
export type PairLists = { readonly keys: string; readonly amounts: string; readonly counts: string };

/** Reads lists; where one pair stands several times it is added up. Throws RangeError where its amount is beyond 2⁶³: better no figure than a wrong one. */
export function pairSums({ keys, amounts, counts }: PairLists): PairSums {
  const size = keys === '' ? 0 : commas(keys) + 1;
  const columns = COLUMNS.map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const sums = { keys: new Float64Array(size), amountHigh: new Int32Array(size), amountLow: new Uint32Array(size) };
  let at = -1;
  for (let row = 0, k = 0, a = 0, c = 0; row < size; row++) {
    const keyEnd = endOf(keys, k);
    const amountEnd = endOf(amounts, a);
    const key = digits(keys, k, keyEnd);
    if (at < 0 || sums.keys[at] !== key) sums.keys[++at] = key;
    addAmount(sums, at, amounts, a, amountEnd);
    k = keyEnd + 1;
    a = amountEnd + 1;
    for (let column = 0; ; column++) {
      const countEnd = endOf(counts, c);
      const of = columns[column] as Float64Array;
      of[at] = (of[at] as number) + digits(counts, c, countEnd);
      c = countEnd + 1;
      if (counts.charCodeAt(countEnd) !== SLASH) break;
    }
  }
  const [succeeded, declined, failed, unknown] = columns;
  const all = { ...sums, succeeded, declined, failed, unknown };
  return at + 1 === size ? all : (Object.fromEntries(Object.entries(all).map(([name, of]) => [name, of.slice(0, at + 1)])) as PairSums);
}

const COLUMNS = ['succeeded', 'declined', 'failed', 'unknown'] as const;
const COMMA = 44;
const MINUS = 45;
const SLASH = 47;
const ZERO = 48;
/** So many digits are exact as a double. */
const EXACT_DIGITS = 15;
/** Where an amount is split into its two halves without ever being a floating number. */
const HALVES = new DataView(new ArrayBuffer(8));

function addAmount(sums: { amountHigh: Int32Array; amountLow: Uint32Array }, at: number, text: string, from: number, to: number): void {
  const high = sums.amountHigh[at] as number;
  const low = sums.amountLow[at] as number;
  if (to - from <= EXACT_DIGITS && high === 0) {
    const amount = low + digits(text, from, to);
    sums.amountHigh[at] = Math.floor(amount / AMOUNT_UNIT);
    sums.amountLow[at] = amount - Math.floor(amount / AMOUNT_UNIT) * AMOUNT_UNIT;
    return;
  }
  const amount = amountOf(high, low) + BigInt(text.slice(from, to));
  if (BigInt.asIntN(64, amount) !== amount) throw new RangeError('a pair’s amount is beyond 2⁶³');
  HALVES.setBigInt64(0, amount);
  sums.amountHigh[at] = HALVES.getInt32(0);
  sums.amountLow[at] = HALVES.getUint32(4);
}

function digits(text: string, from: number, to: number): number {
  const isNegative = text.charCodeAt(from) === MINUS;
  let value = 0;
  for (let i = isNegative ? from + 1 : from; i < to; i++) value = value * 10 + text.charCodeAt(i) - ZERO;
  return isNegative ? -value : value;
}

function endOf(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === COMMA || char === SLASH) return i;
  }
  return text.length;
}

function commas(text: string): number {
  let count = 0;
  for (let i = text.indexOf(','); i >= 0; i = text.indexOf(',', i + 1)) count++;
  return count;
}

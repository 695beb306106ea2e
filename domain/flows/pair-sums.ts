/**
 * What every institution paid every other in one stretch of time, column by column, in ascending order of `keys`. A day of a busy platform
 * is a hundred thousand pairs: as objects they would take five times the room.
 */
export type PairSums = {
  /** See {@link pairKey}. */
  readonly keys: Float64Array;
  /** Succeeded payments only, minor units of one currency. */
  readonly amounts: BigInt64Array;
  readonly succeeded: Float64Array;
  readonly declined: Float64Array;
  readonly failed: Float64Array;
  readonly unknown: Float64Array;
};

/** Row numbers of institutions stay below. */
export const PAYEES = 2 ** 26;

/** One number of two institutions' row numbers (each below 2²⁶), exact as a double. */
export function pairKey(payerId: number, payeeId: number): number {
  return payerId * PAYEES + payeeId;
}

export function sidesOfKey(key: number): { payerId: number; payeeId: number } {
  return { payerId: Math.floor(key / PAYEES), payeeId: key % PAYEES };
}

export type PairSum = {
  readonly key: number;
  readonly amount: bigint;
  readonly succeeded: number;
  readonly declined: number;
  readonly failed: number;
  readonly unknown: number;
};

/**
 * Of rows in ascending order of their key; rows of the same pair are added up. Throws RangeError where a pair's amount is beyond 2⁶³:
 * better no figure than a wrong one.
 */
export function pairSums(rows: readonly PairSum[]): PairSums {
  let pairs = 0;
  rows.forEach((row, i) => {
    if (row.key !== rows[i - 1]?.key) pairs++;
  });
  const sums = {
    keys: new Float64Array(pairs),
    amounts: new BigInt64Array(pairs),
    succeeded: new Float64Array(pairs),
    declined: new Float64Array(pairs),
    failed: new Float64Array(pairs),
    unknown: new Float64Array(pairs),
  };
  let at = -1;
  for (const row of rows) {
    if (at < 0 || sums.keys[at] !== row.key) sums.keys[++at] = row.key;
    const amount = (sums.amounts[at] as bigint) + row.amount;
    if (BigInt.asIntN(64, amount) !== amount) throw new RangeError('a pair’s amount is beyond 2⁶³');
    sums.amounts[at] = amount;
    sums.succeeded[at] = (sums.succeeded[at] as number) + row.succeeded;
    sums.declined[at] = (sums.declined[at] as number) + row.declined;
    sums.failed[at] = (sums.failed[at] as number) + row.failed;
    sums.unknown[at] = (sums.unknown[at] as number) + row.unknown;
  }
  return sums;
}

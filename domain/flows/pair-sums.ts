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

const PAYEES = 2 ** 26;

/** One number of two institutions' row numbers (each below 2²⁶), exact as a double. */
export function pairKey(payerId: number, payeeId: number): number {
  return payerId * PAYEES + payeeId;
}

export function sidesOfKey(key: number): { payerId: number; payeeId: number } {
  return { payerId: Math.floor(key / PAYEES), payeeId: key % PAYEES };
}

/** Throws RangeError where a pair's amount is beyond 2⁶³: better no figure than a wrong one. */
export function pairSums(columns: {
  payers: readonly number[];
  payees: readonly number[];
  amounts: readonly bigint[];
  succeeded: readonly number[];
  declined: readonly number[];
  failed: readonly number[];
  unknown: readonly number[];
}): PairSums {
  if (columns.amounts.some((amount) => BigInt.asIntN(64, amount) !== amount)) throw new RangeError('a pair’s amount is beyond 2⁶³');
  return {
    keys: Float64Array.from(columns.payers, (payer, i) => pairKey(payer, columns.payees[i] as number)),
    amounts: BigInt64Array.from(columns.amounts),
    succeeded: Float64Array.from(columns.succeeded),
    declined: Float64Array.from(columns.declined),
    failed: Float64Array.from(columns.failed),
    unknown: Float64Array.from(columns.unknown),
  };
}

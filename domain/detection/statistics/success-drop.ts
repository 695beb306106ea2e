import { upperTail } from './normal';

export type Successes = { readonly succeeded: number; readonly all: number };

/** One-sided two-proportion test: the chance of a share this low if nothing had changed since the baseline. Null where either side is empty. */
export function successDrop(now: Successes, before: Successes): { readonly z: number; readonly p: number } | null {
  if (now.all === 0 || before.all === 0) return null;
  const pooled = (now.succeeded + before.succeeded) / (now.all + before.all);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / now.all + 1 / before.all));
  if (spread === 0) return { z: 0, p: 1 };
  const z = (before.succeeded / before.all - now.succeeded / now.all) / spread;
  return { z, p: upperTail(z) };
}

export type Cusum = { readonly sum: number; readonly since: number };
export const CUSUM_START: Cusum = { sum: 0, since: 0 };

/**
 * One step of a Bernoulli CUSUM (Reynolds & Stoumbos 1999) for the failure share rising from `usual` to `bad`: small drops that no single
 * interval shows add up. `since` counts intervals from the last time the sum was zero: where the change began.
 */
export function cusumStep(state: Cusum, interval: Successes, shares: { readonly usual: number; readonly bad: number }): Cusum {
  const failed = interval.all - interval.succeeded;
  const gain = failed * Math.log(shares.bad / shares.usual) + interval.succeeded * Math.log((1 - shares.bad) / (1 - shares.usual));
  const sum = Math.max(0, state.sum + gain);
  return { sum, since: sum === 0 ? 0 : state.since + 1 };
}

import { CONSERVING_METHODS, type Conservation, type ConservingMethod } from './trace-answer';
import type { Amounts } from './trace-books';

/** Whether money was made or lost on the way, by each method that must not: source − held − exited − unknown, which is zero. */
export function traceConservation(trace: {
  readonly backward: boolean;
  readonly sources: Iterable<Amounts>;
  readonly held: Iterable<Amounts>;
  readonly exited: Iterable<Amounts>;
  readonly unknown: Iterable<Amounts>;
}): { readonly [M in ConservingMethod]: Conservation } {
  const [sources, held, exited, unseen] = [trace.sources, trace.held, trace.exited, trace.unknown].map(summed) as [
    Amounts,
    Amounts,
    Amounts,
    Amounts,
  ];
  const byMethod = CONSERVING_METHODS.map((method, m): [ConservingMethod, Conservation] => {
    const source = sources[m] as bigint;
    // Forward, money of unknown origin is a part of the source; backward it is where a way ends.
    const unknown = trace.backward ? (unseen[m] as bigint) : 0n;
    const parts = { source, held: held[m] as bigint, exited: exited[m] as bigint, unknown };
    return [method, { ...parts, difference: source - parts.held - parts.exited - unknown }];
  });
  return Object.fromEntries(byMethod) as { [M in ConservingMethod]: Conservation };
}

function summed(amounts: Iterable<Amounts>): Amounts {
  const sum: Amounts = [0n, 0n, 0n, 0n];
  for (const one of amounts) for (let m = 0; m < 4; m++) sum[m] = (sum[m] as bigint) + (one[m] as bigint);
  return sum;
}

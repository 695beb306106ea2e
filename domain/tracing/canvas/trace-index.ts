import { type MethodAmounts, TRACE_METHODS, type TraceAnswer, type TracedAmounts, type TraceEdge } from '../trace-answer';
import { bigintSpan } from './bigint-span';
import { nodeRef } from './node-ref';

/** One account of an answer, wherever the answer lists it. */
export type IndexedAccount = {
  readonly account: string;
  readonly ref: string;
  readonly institution: string | null;
  readonly layer: number;
  readonly kind: 'source' | 'account' | 'outside';
  readonly amounts: TracedAmounts;
  /** Its place among all: by layer, then by the most money, then by name. */
  readonly order: number;
};

/** An answer arranged for being looked at: accounts by name and by reference, and whom each leads to, the most money first. */
export type TraceIndex = {
  readonly answer: TraceAnswer;
  readonly accounts: ReadonlyMap<string, IndexedAccount>;
  readonly byRef: ReadonlyMap<string, IndexedAccount>;
  readonly layers: readonly (readonly IndexedAccount[])[];
  /** Away from the source: downstream forward, upstream backward. */
  readonly onward: ReadonlyMap<string, readonly string[]>;
};

/** Takes time and room in proportion to the answer; do it once an answer. */
export function traceIndex(answer: TraceAnswer): TraceIndex {
  const accounts = new Map<string, IndexedAccount>();
  for (const account of listed(answer)) if (!accounts.has(account.account)) accounts.set(account.account, account);
  const ordered = [...accounts.values()].sort((a, b) => a.layer - b.layer || bySize(a, b) || (a.account < b.account ? -1 : 1));
  ordered.forEach((account, order) => {
    accounts.set(account.account, { ...account, order });
  });
  const byRef = new Map<string, IndexedAccount>();
  const twice = new Set<string>();
  const layers: IndexedAccount[][] = [];
  for (const { account } of ordered) {
    const indexed = accounts.get(account) as IndexedAccount;
    if (byRef.has(indexed.ref)) twice.add(indexed.ref);
    byRef.set(indexed.ref, indexed);
    while (layers.length <= indexed.layer) layers.push([]);
    layers[indexed.layer]?.push(indexed);
  }
  for (const ref of twice) byRef.delete(ref);
  return { answer, accounts, byRef, layers, onward: onwardOf(answer) };
}

function listed(answer: TraceAnswer): readonly IndexedAccount[] {
  const of = (
    { account, institution }: { account: string; institution: string | null },
    kind: IndexedAccount['kind'],
    layer: number,
    amounts: TracedAmounts,
  ) => ({ account, institution, ref: nodeRef(account), kind, layer, amounts, order: 0 });
  return [
    ...answer.sources.map((source) => of(source, 'source', 0, source.amount)),
    ...answer.reached.map((reached) => of(reached, 'account', reached.layer, reached)),
    ...answer.sinks.map((sink) => of(sink, 'outside', sink.layer, sink)),
  ];
}

function onwardOf({ edges, question }: TraceAnswer): ReadonlyMap<string, readonly string[]> {
  const sums = new Map<string, Map<string, bigint>>();
  for (const edge of edges) {
    const [near, far] = outward(edge, question.direction);
    const of = sums.get(near) ?? new Map<string, bigint>();
    of.set(far, (of.get(far) ?? 0n) + edge.high);
    sums.set(near, of);
  }
  const bySum = (sum: ReadonlyMap<string, bigint>) =>
    [...sum].sort(([a, n], [b, m]) => (n === m ? (a < b ? -1 : 1) : n > m ? -1 : 1)).map(([account]) => account);
  return new Map([...sums].map(([near, sum]) => [near, bySum(sum)]));
}

/** The two ends of a payment as the trace goes through them: nearer to the source first. */
export function outward({ from, to }: Pick<TraceEdge, 'from' | 'to'>, direction: 'forward' | 'backward'): readonly [string, string] {
  return direction === 'forward' ? [from, to] : [to, from];
}

/** The sum by each method, and the interval of that sum, which is narrower than the sum of intervals. */
export function sumAmounts(parts: Iterable<MethodAmounts>): TracedAmounts {
  const sum = { fifo: 0n, lifo: 0n, proRata: 0n, poison: 0n };
  for (const part of parts) for (const method of TRACE_METHODS) sum[method] += part[method];
  const { fifo, lifo, proRata } = sum;
  return { ...sum, ...bigintSpan([fifo, lifo, proRata]) };
}

function bySize(a: IndexedAccount, b: IndexedAccount): number {
  return a.amounts.high === b.amounts.high ? 0 : a.amounts.high > b.amounts.high ? -1 : 1;
}

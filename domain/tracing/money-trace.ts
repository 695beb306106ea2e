import type { Ledger } from './ledger';
import { Replay } from './replay';
import type {
  MethodAmounts,
  PrunedTrace,
  PruneReason,
  ReachedAccount,
  TraceAnswer,
  TraceEdge,
  TraceSource,
  UnknownOrigin,
} from './trace-answer';
import { type Amounts, addTo, anyAmount, methodAmounts, noAmounts, type Reached, tracedAmounts } from './trace-books';
import { traceConservation } from './trace-conservation';
import type { TraceQuestion } from './trace-question';

const NOTHING: MethodAmounts = { fifo: 0n, lifo: 0n, proRata: 0n, poison: 0n };

/**
 * Where money went, or came from, by FIFO, LIFO, pro-rata and poison in one replay of the ledger. Pure: the same payments and question give
 * the same answer whatever order they come in. Starts that the ledger does not know have no money; ask {@link unknownStarts} first.
 */
export function moneyTrace(ledger: Ledger, question: TraceQuestion): TraceAnswer {
  if (ledger.currency !== question.currency) throw new Error(`a ledger of ${ledger.currency} can not answer about ${question.currency}`);
  const replay = new Replay(ledger, question);
  replay.run();
  const { books } = replay;
  const nameOf = (account: number) => ledger.accounts[account] as string;
  const { currency } = ledger;
  const stopped = (account: number) => books.stopped.get(account) ?? noAmounts();
  const left = (account: number) => {
    const sum = replay.heldIn(account);
    addTo(sum, stopped(account));
    const later = books.leftLater.get(account);
    if (later) addTo(sum, later);
    return sum;
  };
  const sources: TraceSource[] = [];
  for (const [number, amounts] of books.sources) {
    const account = nameOf(number);
    const amount = tracedAmounts(amounts);
    const [held, gone] = [methodAmounts(left(number)), methodAmounts(stopped(number))];
    sources.push({ account, institution: ledger.institutionOf(account), currency, amount, amountMinor: amount.high, held, stopped: gone });
  }
  // Written out field by field: there may be tens of thousands, and spreading takes longer than the replay.
  const reached: ReachedAccount[] = [];
  for (const [number, { amounts, layer, firstAtMs, lastAtMs }] of books.reached) {
    const account = nameOf(number);
    const isSource = books.sources.has(number);
    const at = replay.barriers[number];
    const { fifo, lifo, proRata, poison, low, high } = tracedAmounts(amounts);
    reached.push({
      account,
      institution: ledger.institutionOf(account),
      currency,
      fifo,
      lifo,
      proRata,
      poison,
      low,
      high,
      layer,
      firstAtMs,
      lastAtMs,
      held: isSource ? NOTHING : methodAmounts(left(number)),
      stopped: isSource ? NOTHING : methodAmounts(stopped(number)),
      barrier: at === 'hub' || at === 'pooled' ? at : null,
    });
  }
  const of = (number: number) => ({ account: nameOf(number), institution: ledger.institutionOf(nameOf(number)), currency });
  const sinks = [...books.sinks].map(([number, { amounts, layer }]) => ({ ...of(number), ...tracedAmounts(amounts), layer }));
  const onTrace = (number: number, amounts: Amounts) => anyAmount(amounts) || books.reached.has(number) || books.sources.has(number);
  const unknownOrigin: UnknownOrigin[] = [];
  for (const [number, { amounts, drawn }] of books.unknown) {
    if (!onTrace(number, amounts)) continue;
    const account = nameOf(number);
    const { fifo, lifo, proRata, poison, low, high } = tracedAmounts(amounts);
    const institution = ledger.institutionOf(account);
    unknownOrigin.push({ account, institution, currency, fifo, lifo, proRata, poison, low, high, drawnMinor: drawn });
  }
  const touched = new Set([...books.sources.keys(), ...books.reached.keys()]);
  return {
    question,
    asOfMs: question.untilMs ?? ledger.payments.at(-1)?.atMs ?? null,
    sources: sources.sort(byName),
    reached: reached.sort(byLayer),
    unknownOrigin: unknownOrigin.sort(byName),
    sinks: sinks.sort(byLayer),
    edges: edgesOf(ledger, question, books.edges),
    pruned: prunedOf(replay, question, of),
    conservation: traceConservation({
      backward: question.direction === 'backward',
      sources: books.sources.values(),
      held: [...touched].map(left),
      exited: [...books.sinks.values()].map(({ amounts }: Reached) => amounts),
      unknown: [...books.unknown.values()].map(({ amounts }) => amounts),
    }),
    replayed: replay.replayed,
  };
}

/** The starts of a question that the ledger does not know, in the question's order. */
export function unknownStarts(ledger: Ledger, question: TraceQuestion): readonly string[] {
  const ids = new Set(ledger.payments.map(({ id }) => id));
  return question.from.flatMap((start) => {
    if (start.kind === 'transaction') return ids.has(start.transaction) ? [] : [start.transaction];
    return ledger.numberOf.has(start.account) ? [] : [start.account];
  });
}

function edgesOf(ledger: Ledger, question: TraceQuestion, edges: Replay['books']['edges']): readonly TraceEdge[] {
  const ordered = question.direction === 'backward' ? [...edges].reverse() : edges;
  return ordered.map(({ payment, hop, amounts }) => {
    const { id, payer, payee, atMs, businessType, amountMinor } = ledger.payments[payment] as Ledger['payments'][number];
    const { fifo, lifo, proRata, poison, low, high } = tracedAmounts(amounts);
    return { transaction: id, from: payer, to: payee, atMs, businessType, hop, amountMinor, fifo, lifo, proRata, poison, low, high };
  });
}

function prunedOf(
  replay: Replay,
  question: TraceQuestion,
  of: (account: number) => { readonly account: string; readonly institution: string | null },
): readonly PrunedTrace[] {
  const limits: Partial<Record<PruneReason, string>> = {
    hub: String(question.hubDegree),
    hops: String(question.hops),
    wait: String(question.waitLimitMs),
    'min-amount': String(question.minAmountMinor),
  };
  const entries = [...replay.books.pruned].flatMap(([account, byReason]) =>
    [...byReason].map(([reason, { amounts, layer, payments }]): PrunedTrace => {
      const { account: name, institution } = of(account);
      const counted = reason === 'hub' ? (replay.degrees[account] as number) : payments.size;
      return { account: name, institution, reason, layer, payments: counted, limit: limits[reason] ?? null, ...methodAmounts(amounts) };
    }),
  );
  return entries.sort((a, b) => a.layer - b.layer || compare(a.account, b.account) || compare(a.reason, b.reason));
}

type Placed = { readonly account: string; readonly layer: number; readonly high: bigint };
const byLayer = (a: Placed, b: Placed) => a.layer - b.layer || compare(b.high, a.high) || compare(a.account, b.account);
const byName = (a: { readonly account: string }, b: { readonly account: string }) => compare(a.account, b.account);

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

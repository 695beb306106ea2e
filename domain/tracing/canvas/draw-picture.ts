import { shareOf } from '../../money';
import {
  CONSERVING_METHODS,
  type MethodAmounts,
  type PrunedTrace,
  type TraceAnswer,
  type TracedAmounts,
  type TraceEdge,
} from '../trace-answer';
import { type Canvas, groups } from './canvas';
import { groupId } from './node-ref';
import type { Freezable, PictureAmounts, PictureEdge, PictureMethods, PictureNode, PictureSum, TracePicture } from './picture';
import { type IndexedAccount, sumAmounts, type TraceIndex } from './trace-index';

/** What the canvas shows of an answer. Every amount of the answer is in exactly one node, every payment in one edge or within one group. */
export function drawPicture(index: TraceIndex, canvas: Canvas): TracePicture {
  const { answer } = index;
  const idOf = (account: string) => nodeOf(index, canvas.shown, account);
  const onPath = new Set([...canvas.pins.values()].flatMap(({ accounts }) => accounts));
  const steps = pathSteps(canvas);
  return {
    direction: answer.question.direction,
    currency: answer.question.currency,
    hops: answer.question.hops,
    asOfMs: answer.asOfMs,
    replayed: answer.replayed,
    nodes: [...accountNodes(index, canvas, onPath), ...groupNodes(index, canvas)],
    edges: edgesBetween(index, idOf, steps),
    columns: index.layers.map((layer, at) => ({ layer: at, accounts: layer.length })),
    waves: wavesOf(index, canvas),
    firstEdges: firstEdges(index, canvas),
    conservation: Object.fromEntries(CONSERVING_METHODS.map((method) => [method, sumOf(answer.conservation[method])])) as Record<
      (typeof CONSERVING_METHODS)[number],
      PictureSum
    >,
    pruned: prunedSummary(answer.pruned),
    freezable: freezableOf(answer),
    pins: [...canvas.pins].map(([of, { accounts, transactions }]) => ({ of: idOf(of), nodes: accounts.map(idOf), transactions })),
    effect: canvas.effect,
  };
}

function accountNodes(index: TraceIndex, canvas: Canvas, onPath: ReadonlySet<string>): readonly PictureNode[] {
  const { answer } = index;
  const reached = new Map(answer.reached.map((one) => [one.account, one]));
  const sources = new Map(answer.sources.map((one) => [one.account, one]));
  const stops = new Map<string, PrunedTrace[]>();
  for (const pruned of answer.pruned)
    if (canvas.shown.has(pruned.account)) stops.set(pruned.account, [...(stops.get(pruned.account) ?? []), pruned]);
  return [...canvas.shown].map((name) => {
    const { ref, kind, layer, institution, amounts } = index.accounts.get(name) as IndexedAccount;
    const here = reached.get(name);
    const held = here?.held ?? sources.get(name)?.held ?? null;
    const stopped = here?.stopped ?? sources.get(name)?.stopped ?? null;
    const hidden = (index.onward.get(name) ?? []).filter((next) => next !== name && !canvas.shown.has(next));
    return {
      id: ref,
      kind,
      layer,
      accounts: 1,
      account: name,
      institution,
      amounts: amountsText(amounts),
      held: held && methodsText(held),
      stopped: stopped && methodsText(stopped),
      firstAtMs: here?.firstAtMs ?? null,
      lastAtMs: here?.lastAtMs ?? null,
      barrier: here?.barrier ?? null,
      stops: (stops.get(name) ?? []).map(({ reason, payments, limit, ...parts }) => ({
        reason,
        payments,
        limit,
        amounts: methodsText(parts),
      })),
      hiddenNext: hidden.length,
      note: canvas.notes.get(name) ?? null,
      pinned: canvas.pins.has(name) ? 'end' : onPath.has(name) ? 'on-path' : null,
    };
  });
}

function groupNodes(index: TraceIndex, canvas: Canvas): readonly PictureNode[] {
  const plain = {
    account: null,
    institution: null,
    held: null,
    stopped: null,
    firstAtMs: null,
    lastAtMs: null,
    barrier: null,
    stops: [],
    hiddenNext: 0,
    note: null,
    pinned: null,
  } as const;
  return groups(index, canvas.shown).map((id) => {
    const [group, at] = id.split(':') as [string, string];
    const layer = Number(at);
    const members = group === 'unknown' ? unknownAt(index, layer) : hiddenAt(index, canvas.shown, layer, group === 'outside');
    const kind = group === 'unknown' ? 'unknown' : group === 'outside' ? 'rest-outside' : 'rest';
    return { ...plain, id, kind, layer, accounts: members.length, amounts: amountsText(sumAmounts(members)) };
  });
}

function hiddenAt(index: TraceIndex, shown: ReadonlySet<string>, layer: number, outside: boolean): readonly TracedAmounts[] {
  return (index.layers[layer] ?? [])
    .filter(({ account, kind }) => !shown.has(account) && (kind === 'outside') === outside)
    .map(({ amounts }) => amounts);
}

function unknownAt({ answer, accounts }: TraceIndex, layer: number): readonly TracedAmounts[] {
  return answer.unknownOrigin.filter(
    ({ account, high, poison }) => (high > 0n || poison > 0n) && (accounts.get(account)?.layer ?? 0) + 1 === layer,
  );
}

function edgesBetween(index: TraceIndex, idOf: (account: string) => string, pinned: ReadonlySet<string>): readonly PictureEdge[] {
  const bundles = new Map<string, { from: string; to: string; parts: TraceEdge[] }>();
  for (const edge of index.answer.edges) {
    const [from, to] = [idOf(edge.from), idOf(edge.to)];
    // Payments within one group are nothing that could be drawn; the group says how many accounts stand in it.
    if (from === to) continue;
    const key = `${from} ${to}`;
    const bundle = bundles.get(key);
    if (bundle) bundle.parts.push(edge);
    else bundles.set(key, { from, to, parts: [edge] });
  }
  const drawn = [...bundles.values()].map(({ from, to, parts }) => ({
    from,
    to,
    amounts: amountsText(sumAmounts(parts)),
    payments: parts.length,
    firstAtMs: parts.reduce((first, { atMs }) => Math.min(first, atMs), Number.POSITIVE_INFINITY),
    lastAtMs: parts.reduce((last, { atMs }) => Math.max(last, atMs), Number.NEGATIVE_INFINITY),
    pinned: parts.some(({ transaction }) => pinned.has(transaction)),
  }));
  return [...drawn, ...originEdges(index, idOf)];
}

// What was spent without having been seen to arrive comes from the node of unknown origin, at no time that anybody knows.
function originEdges(index: TraceIndex, idOf: (account: string) => string): readonly PictureEdge[] {
  const byNode = new Map<string, { from: string; to: string; parts: TracedAmounts[] }>();
  for (const origin of index.answer.unknownOrigin) {
    if (origin.high === 0n && origin.poison === 0n) continue;
    const to = idOf(origin.account);
    const from = groupId('unknown', (index.accounts.get(origin.account)?.layer ?? 0) + 1);
    const bundle = byNode.get(`${from} ${to}`) ?? { from, to, parts: [] };
    bundle.parts.push(origin);
    byNode.set(`${from} ${to}`, bundle);
  }
  return [...byNode.values()].map(({ from, to, parts }) => ({
    from,
    to,
    amounts: amountsText(sumAmounts(parts)),
    payments: 0,
    firstAtMs: 0,
    lastAtMs: 0,
    pinned: false,
  }));
}

function wavesOf(index: TraceIndex, canvas: Canvas): TracePicture['waves'] {
  const firstShown = new Set(canvas.waves[0]?.nodes);
  return canvas.waves.map(({ near, nodes }, at) => ({
    near,
    nodes: nodes.map((id) => {
      const account = index.byRef.get(id);
      if (account) return { id, layer: account.layer, high: account.amounts.high.toString() };
      const layer = Number(id.split(':')[1]);
      return { id, layer, high: at === 0 ? firstHigh(index, id, firstShown) : '0' };
    }),
  }));
}

// The height of a group is that of its first amount: it must not change as accounts come out of it.
function firstHigh(index: TraceIndex, id: string, firstShown: ReadonlySet<string>): string {
  const [group, at] = id.split(':');
  if (group === 'unknown') return sumAmounts(unknownAt(index, Number(at))).high.toString();
  const hidden = (index.layers[Number(at)] ?? []).filter(
    ({ ref, kind }) => !firstShown.has(ref) && (kind === 'outside') === (group === 'outside'),
  );
  return sumAmounts(hidden.map(({ amounts }) => amounts)).high.toString();
}

function firstEdges(index: TraceIndex, canvas: Canvas): TracePicture['firstEdges'] {
  const first = new Set(canvas.waves[0]?.nodes);
  const shown = new Set([...first].flatMap((id) => index.byRef.get(id)?.account ?? []));
  const idOf = (account: string) => nodeOf(index, shown, account);
  const source = index.answer.sources.reduce((sum, { amount }) => sum + amount.high, 0n) || 1n;
  return edgesBetween(index, idOf, new Set()).map(({ from, to, amounts }) => ({
    from,
    to,
    weight: 1 + Math.floor(shareOf(BigInt(amounts.high), source) * 100),
  }));
}

function nodeOf({ accounts }: TraceIndex, shown: ReadonlySet<string>, name: string): string {
  const account = accounts.get(name);
  if (!account) throw new Error('a payment of the trace ends in an account that the trace does not list');
  if (shown.has(name)) return account.ref;
  return groupId(account.kind === 'outside' ? 'outside' : 'rest', account.layer);
}

function pathSteps({ pins }: Canvas): ReadonlySet<string> {
  return new Set([...pins.values()].flatMap(({ transactions }) => transactions));
}

function prunedSummary(pruned: TraceAnswer['pruned']): TracePicture['pruned'] {
  const by = new Map<string, { reason: PrunedTrace['reason']; accounts: number; limit: string | null }>();
  for (const { reason, limit } of pruned) {
    const known = by.get(reason);
    by.set(reason, { reason, limit: known?.limit ?? limit, accounts: (known?.accounts ?? 0) + 1 });
  }
  return [...by.values()].sort((a, b) => b.accounts - a.accounts);
}

function freezableOf({ question, reached }: TraceAnswer): readonly Freezable[] {
  if (question.direction === 'backward') return [];
  const by = new Map<string | null, { accounts: number; parts: MethodAmounts[]; lastAtMs: number }>();
  for (const { institution, held, stopped, lastAtMs } of reached) {
    const left = {
      fifo: held.fifo - stopped.fifo,
      lifo: held.lifo - stopped.lifo,
      proRata: held.proRata - stopped.proRata,
      poison: held.poison - stopped.poison,
    };
    if (left.fifo <= 0n && left.lifo <= 0n && left.proRata <= 0n) continue;
    const known = by.get(institution) ?? { accounts: 0, parts: [], lastAtMs: 0 };
    known.parts.push(left);
    by.set(institution, { parts: known.parts, accounts: known.accounts + 1, lastAtMs: Math.max(known.lastAtMs, lastAtMs) });
  }
  return [...by]
    .map(([institution, { accounts, parts, lastAtMs }]) => ({ institution, accounts, lastAtMs, sum: sumAmounts(parts) }))
    .sort((a, b) => (a.sum.high === b.sum.high ? 0 : a.sum.high > b.sum.high ? -1 : 1))
    .map(({ sum, ...rest }) => ({ ...rest, amounts: amountsText(sum) }));
}

function sumOf({ source, held, exited, unknown, difference }: TraceAnswer['conservation']['fifo']): PictureSum {
  return {
    source: source.toString(),
    held: held.toString(),
    exited: exited.toString(),
    unknown: unknown.toString(),
    difference: difference.toString(),
  };
}

function methodsText({ fifo, lifo, proRata, poison }: MethodAmounts): PictureMethods {
  return { fifo: fifo.toString(), lifo: lifo.toString(), proRata: proRata.toString(), poison: poison.toString() };
}

function amountsText({ low, high, ...methods }: TracedAmounts): PictureAmounts {
  return { ...methodsText(methods), low: low.toString(), high: high.toString() };
}

import type { CanvasStep } from './canvas-step';
import { groupId } from './node-ref';
import type { IndexedAccount, TraceIndex } from './trace-index';
import { type TracePath, widestPath } from './widest-path';

/** More than this nobody takes in, and no screen draws well. */
export const VISIBLE_MAX = 150;
/** Accounts of each layer in the first picture. */
export const FIRST_ROWS = 8;
/** Accounts that one step shows at most. */
export const EXPAND_MAX = 25;

/** Nodes that came at once, each for the first time. `near` is the node they came out of. */
export type Wave = { readonly near: string | null; readonly nodes: readonly string[] };

/** What the last step did: how many accounts it showed or folded away, or why nothing changed. */
export type StepEffect =
  | { readonly kind: 'done'; readonly shown: number; readonly folded: number /** Accounts that found no room. */; readonly left: number }
  | {
      readonly kind: 'refused';
      readonly reason: 'full' | 'nothing-more' | 'nothing-to-fold' | 'source' | 'pinned' | 'no-path' | 'unknown';
    };

/** What is on the canvas. Nodes that were ever shown are in `waves` for good, so that each keeps its place when it comes back. */
export type Canvas = {
  /** Accounts by name. */
  readonly shown: ReadonlySet<string>;
  readonly waves: readonly Wave[];
  /** By the account that was pinned. */
  readonly pins: ReadonlyMap<string, TracePath>;
  readonly notes: ReadonlyMap<string, string>;
  readonly effect: StepEffect;
};

/** The first picture: the sources and the accounts with the most money of each layer. */
export function firstCanvas(index: TraceIndex): Canvas {
  const rows = Math.max(1, Math.min(FIRST_ROWS, Math.floor(roomFor(index) / Math.max(1, index.layers.length))));
  const shown = new Set(index.layers.flatMap((layer) => layer.slice(0, rows).map(({ account }) => account)));
  const nodes = [...[...shown].map((account) => refOf(index, account)), ...groups(index, shown)];
  const effect = { kind: 'done', shown: shown.size, folded: 0, left: 0 } as const;
  return { shown, waves: [{ near: null, nodes }], pins: new Map(), notes: new Map(), effect };
}

/** The picture after all `steps`. The same answer and steps always give the same picture. */
export function replay(index: TraceIndex, steps: readonly CanvasStep[]): Canvas {
  return steps.reduce((canvas, step) => afterStep(index, canvas, step), firstCanvas(index));
}

/** One step further; a step that can change nothing leaves everything as it was and says why. */
export function afterStep(index: TraceIndex, canvas: Canvas, step: CanvasStep): Canvas {
  const refused = (reason: Extract<StepEffect, { kind: 'refused' }>['reason']): Canvas => ({
    ...canvas,
    effect: { kind: 'refused', reason },
  });
  if (step.kind === 'more') {
    const hidden = (index.layers[step.layer] ?? []).filter(({ account }) => !canvas.shown.has(account));
    return hidden.length === 0
      ? refused('nothing-more')
      : show(index, canvas, { wanted: hidden.slice(0, EXPAND_MAX), near: groupId('rest', step.layer) });
  }
  const account = index.byRef.get(step.of);
  if (!account || !canvas.shown.has(account.account)) return refused('unknown');
  switch (step.kind) {
    case 'expand': {
      const hidden = onwardOf(index, account).filter((next) => !canvas.shown.has(next.account));
      return hidden.length === 0
        ? refused('nothing-more')
        : show(index, canvas, { wanted: hidden.slice(0, EXPAND_MAX), near: account.ref });
    }
    case 'fold': {
      const gone = onlyBehind(index, canvas, account);
      return gone.size === 0 ? refused('nothing-to-fold') : hide(index, canvas, gone);
    }
    case 'hide':
      if (account.kind === 'source') return refused('source');
      if (isPinned(canvas, account.account)) return refused('pinned');
      return hide(index, canvas, new Set([account.account]));
    case 'pin': {
      const path = widestPath(index, account.account);
      if (!path) return refused('no-path');
      const missing = path.accounts.filter((passed) => !canvas.shown.has(passed)).map((passed) => named(index, passed));
      if (missing.length > roomFor(index) - canvas.shown.size) return refused('full');
      const pins = new Map(canvas.pins).set(account.account, path);
      const effect = { kind: 'done', shown: 0, folded: 0, left: 0 } as const;
      return missing.length === 0 ? { ...canvas, pins, effect } : { ...show(index, canvas, { wanted: missing, near: account.ref }), pins };
    }
    case 'unpin': {
      const pins = new Map(canvas.pins);
      if (!pins.delete(account.account)) return refused('unknown');
      return { ...canvas, pins, effect: { kind: 'done', shown: 0, folded: 0, left: 0 } };
    }
    case 'note': {
      const notes = new Map(canvas.notes);
      if (step.text === '') notes.delete(account.account);
      else notes.set(account.account, step.text);
      return { ...canvas, notes, effect: { kind: 'done', shown: 0, folded: 0, left: 0 } };
    }
  }
}

/** Nodes of groups that stand beside the accounts that are shown. */
export function groups(index: TraceIndex, shown: ReadonlySet<string>): readonly string[] {
  const ids = index.layers.flatMap((layer, at) => {
    const hidden = layer.filter(({ account }) => !shown.has(account));
    return [
      ...(hidden.some(({ kind }) => kind !== 'outside') ? [groupId('rest', at)] : []),
      ...(hidden.some(({ kind }) => kind === 'outside') ? [groupId('outside', at)] : []),
    ];
  });
  return [...ids, ...unknownLayers(index).map((layer) => groupId('unknown', layer))];
}

/** Layers of what is of unknown origin: one beyond the accounts that spent it. */
export function unknownLayers({ answer, accounts }: TraceIndex): readonly number[] {
  const traced = answer.unknownOrigin.filter(({ high, poison }) => high > 0n || poison > 0n);
  return [...new Set(traced.map(({ account }) => (accounts.get(account)?.layer ?? 0) + 1))].sort((a, b) => a - b);
}

// Each layer may come to have two groups, and unknown origin one: their room is kept, so that the sum stays within the limit.
function roomFor(index: TraceIndex): number {
  return VISIBLE_MAX - 2 * index.layers.length - unknownLayers(index).length;
}

function show(
  index: TraceIndex,
  canvas: Canvas,
  { wanted, near }: { readonly wanted: readonly IndexedAccount[]; readonly near: string },
): Canvas {
  const fitting = wanted.slice(0, Math.max(0, roomFor(index) - canvas.shown.size));
  if (fitting.length === 0) return { ...canvas, effect: { kind: 'refused', reason: 'full' } };
  const shown = new Set(canvas.shown);
  for (const { account } of fitting) shown.add(account);
  const left = wanted.length - fitting.length;
  return grown(index, canvas, { shown, near, effect: { kind: 'done', shown: fitting.length, folded: 0, left } });
}

function hide(index: TraceIndex, canvas: Canvas, gone: ReadonlySet<string>): Canvas {
  const shown = new Set([...canvas.shown].filter((account) => !gone.has(account)));
  return grown(index, canvas, { shown, near: null, effect: { kind: 'done', shown: 0, folded: gone.size, left: 0 } });
}

function grown(index: TraceIndex, canvas: Canvas, { shown, near, effect }: Pick<Canvas, 'shown' | 'effect'> & Pick<Wave, 'near'>): Canvas {
  const known = new Set(canvas.waves.flatMap(({ nodes }) => nodes));
  const now = [...[...shown].map((account) => refOf(index, account)), ...groups(index, shown)];
  const nodes = now.filter((node) => !known.has(node));
  return { ...canvas, shown, effect, waves: nodes.length === 0 ? canvas.waves : [...canvas.waves, { near, nodes }] };
}

// Accounts behind this one that nothing else on the canvas leads to. What a pinned way passes stays.
function onlyBehind(index: TraceIndex, canvas: Canvas, start: IndexedAccount): ReadonlySet<string> {
  const next = (from: IndexedAccount) =>
    onwardOf(index, from).filter(({ account, layer }) => canvas.shown.has(account) && layer > from.layer);
  const reach = (roots: Iterable<IndexedAccount>, but?: string) => {
    const found = new Set<string>();
    const open = [...roots];
    for (let at = open.pop(); at; at = open.pop())
      for (const other of at.account === but ? [] : next(at))
        if (!found.has(other.account)) {
          found.add(other.account);
          open.push(other);
        }
    return found;
  };
  const behind = reach([start]);
  const others = [...canvas.shown].filter((account) => !behind.has(account)).map((account) => named(index, account));
  const kept = reach(others, start.account);
  return new Set([...behind].filter((account) => !kept.has(account) && !isPinned(canvas, account)));
}

function onwardOf(index: TraceIndex, { account }: IndexedAccount): readonly IndexedAccount[] {
  return (index.onward.get(account) ?? []).flatMap((next) => index.accounts.get(next) ?? []).filter((next) => next.account !== account);
}

function isPinned({ pins }: Canvas, account: string): boolean {
  return [...pins.values()].some(({ accounts }) => accounts.includes(account));
}

function named(index: TraceIndex, account: string): IndexedAccount {
  const known = index.accounts.get(account);
  if (!known) throw new Error('a payment of the trace ends in an account that the trace does not list');
  return known;
}

function refOf(index: TraceIndex, account: string): string {
  return named(index, account).ref;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LedgerPayment, ledgerOf } from '../ledger';
import { moneyTrace } from '../money-trace';
import { TraceQuestion } from '../trace-question';
import { afterStep, type Canvas, firstCanvas, replay, VISIBLE_MAX } from './canvas';
import { doStep, EMPTY_HISTORY, redoStep, undoStep } from './canvas-history';
import { type CanvasStep, formatSteps, readSteps, STEPS_MAX } from './canvas-step';
import { drawPicture } from './draw-picture';
import { nodeRef } from './node-ref';
import { places } from './place';
import { scene } from './scene';
import { type TraceIndex, traceIndex } from './trace-index';
import { walk } from './walk';

const T = Date.parse('2026-11-02T01:00:00Z');

/** A made-up ledger: money starts at "a0", goes through layers of accounts, to outside, and sometimes back. */
function madeUp(seed: readonly (readonly [number, number, number])[], direction: 'forward' | 'backward' = 'forward'): TraceIndex {
  const width = [1, 12, 60, 60, 30];
  const payments: LedgerPayment[] = [];
  const pay = (payer: string, payee: string, amountMinor: bigint) =>
    payments.push({
      id: `p${payments.length}`,
      atMs: T + payments.length * 1000,
      sequence: payments.length,
      payer,
      payee,
      amountMinor,
      currency: 'CNY',
      businessType: 'transfer',
    });
  pay('victim', 'a0-0', 1_000_000n);
  for (let layer = 0; layer < 4; layer++) {
    for (const [x, y, z] of seed) {
      const from = `a${layer}-${x % (width[layer] as number)}`;
      pay(`other-${y}`, from, BigInt(1 + (z % 500)));
      const to =
        z % 11 === 0
          ? `outside-${y % 4}`
          : z % 17 === 0
            ? `a${Math.max(0, layer - 1)}-${y % 3}`
            : `a${layer + 1}-${y % (width[layer + 1] as number)}`;
      pay(from, to, BigInt(1 + ((x * 7919 + y * 104729 + z) % 40_000)));
    }
  }
  const ledger = ledgerOf(payments, 'CNY', {
    institutionOf: (account) => `B${account.length % 5}`,
    outside: (account) => account.startsWith('outside'),
    pooled: () => false,
  });
  const from =
    direction === 'forward'
      ? [{ kind: 'transaction' as const, transaction: 'p0' }]
      : [{ kind: 'account' as const, account: payments.at(-1)?.payee as string, atMs: null, amountMinor: null }];
  return traceIndex(moneyTrace(ledger, TraceQuestion.parse({ from, currency: 'CNY', hops: 5, direction })));
}

const Seed = fc.array(fc.tuple(fc.nat(200), fc.nat(200), fc.nat(5_000)), { minLength: 5, maxLength: 160 });
const Act = fc.tuple(fc.constantFrom('expand', 'expand', 'more', 'fold', 'hide', 'pin', 'unpin', 'note'), fc.nat(10_000));

/** Makes steps that name what is on the canvas, as a person would, now and then one that is not. */
function walked(index: TraceIndex, acts: readonly (readonly [string, number])[]): { steps: CanvasStep[]; canvases: Canvas[] } {
  const steps: CanvasStep[] = [];
  const canvases = [firstCanvas(index)];
  for (const [kind, at] of acts) {
    const canvas = canvases.at(-1) as Canvas;
    const names = [...canvas.shown];
    const of = at % 23 === 0 ? 'zzz' : nodeRef(names[at % names.length] as string);
    const step = (
      kind === 'more' ? { kind, layer: at % index.layers.length } : kind === 'note' ? { kind, of, text: `备注 ${at}` } : { kind, of }
    ) as CanvasStep;
    steps.push(step);
    canvases.push(afterStep(index, canvas, step));
  }
  return { steps, canvases };
}

const placed = (index: TraceIndex, canvas: Canvas) => {
  const picture = drawPicture(index, canvas);
  return places({ ...picture, firstOrder: [], sourceMinor: BigInt(picture.conservation.fifo.source) });
};

describe('the canvas of a trace', () => {
  test('a node that stands never moves, whatever is expanded, folded or pinned after it, and none covers another', () => {
    fc.assert(
      fc.property(Seed, fc.array(Act, { maxLength: 14 }), (seed, acts) => {
        const index = madeUp(seed);
        const { canvases } = walked(index, acts);
        let before = placed(index, canvases[0] as Canvas);
        for (const canvas of canvases.slice(1)) {
          const now = placed(index, canvas);
          for (const [id, place] of before) expect(now.get(id)).toEqual(place);
          for (const id of drawPicture(index, canvas).nodes.map((node) => node.id)) expect(now.has(id)).toBe(true);
          before = now;
        }
        const all = [...before.values()];
        for (const [i, a] of all.entries())
          for (const b of all.slice(i + 1))
            expect(a.column !== b.column || a.y + a.height <= b.y + 0.001 || b.y + b.height <= a.y + 0.001).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test(`never more than ${VISIBLE_MAX} nodes are visible, and every account is in one node or one group`, () => {
    fc.assert(
      fc.property(Seed, fc.array(Act, { maxLength: 30 }), (seed, acts) => {
        const index = madeUp(seed);
        for (const canvas of walked(index, acts).canvases) {
          const { nodes } = drawPicture(index, canvas);
          expect(nodes.length).toBeLessThanOrEqual(VISIBLE_MAX);
          expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
          const accounts = nodes.filter(({ kind }) => kind !== 'unknown').reduce((sum, node) => sum + node.accounts, 0);
          expect(accounts).toBe(index.accounts.size);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('what is folded away is still counted: edges and nodes sum to the same by every method', () => {
    fc.assert(
      fc.property(Seed, fc.array(Act, { maxLength: 10 }), (seed, acts) => {
        const index = madeUp(seed);
        const sum = (canvas: Canvas) => {
          const { nodes } = drawPicture(index, canvas);
          return (['fifo', 'lifo', 'proRata', 'poison'] as const).map((method) =>
            nodes.reduce((total, { amounts }) => total + BigInt(amounts[method]), 0n),
          );
        };
        const { canvases } = walked(index, acts);
        for (const canvas of canvases) expect(sum(canvas)).toEqual(sum(canvases[0] as Canvas));
      }),
      { numRuns: 40 },
    );
  });

  test('the same answer and steps give the same picture, also after a journey through an address', () => {
    fc.assert(
      fc.property(Seed, fc.array(Act, { maxLength: 12 }), (seed, acts) => {
        const index = madeUp(seed);
        const { steps, canvases } = walked(index, acts);
        const read = readSteps(formatSteps(steps));
        expect(read).toEqual(steps);
        expect(drawPicture(index, replay(index, read as CanvasStep[]))).toEqual(drawPicture(index, canvases.at(-1) as Canvas));
      }),
      { numRuns: 40 },
    );
  });

  test('undoing and doing again is as if nothing had been, at least fifty steps deep', () => {
    const Step = fc.record({
      kind: fc.constantFrom('expand' as const, 'fold' as const, 'pin' as const),
      of: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(Step, { minLength: 50, maxLength: 80 }), fc.nat(50), (steps, back) => {
        const done = steps.reduce(doStep, EMPTY_HISTORY);
        let at = done;
        for (let i = 0; i < back; i++) at = undoStep(at);
        expect(at.steps).toEqual(steps.slice(0, steps.length - back));
        for (let i = 0; i < back; i++) at = redoStep(at);
        expect(at).toEqual(done);
      }),
    );
    expect(undoStep(EMPTY_HISTORY)).toEqual(EMPTY_HISTORY);
    expect(redoStep(EMPTY_HISTORY)).toEqual(EMPTY_HISTORY);
    const full = Array.from({ length: STEPS_MAX }, () => ({ kind: 'expand' as const, of: 'a' })).reduce(doStep, EMPTY_HISTORY);
    expect(doStep(full, { kind: 'expand', of: 'b' })).toBe(full);
  });

  test('a pinned way leads from a source to the account, in the order of time, and stays when what is around it is folded', () => {
    fc.assert(
      fc.property(Seed, fc.nat(1000), (seed, pick) => {
        const index = madeUp(seed);
        const reached = index.answer.reached.filter(({ high }) => high > 0n);
        if (reached.length === 0) return;
        const first = firstCanvas(index);
        const shown = reached.filter(({ account }) => first.shown.has(account));
        const target = shown[pick % shown.length];
        if (!target) return;
        const canvas = afterStep(index, first, { kind: 'pin', of: nodeRef(target.account) });
        const path = canvas.pins.get(target.account);
        if (!path) return;
        expect(index.accounts.get(path.accounts[0] as string)?.kind).toBe('source');
        expect(path.accounts.at(-1)).toBe(target.account);
        const payments = path.transactions.map((id) => index.answer.edges.find(({ transaction }) => transaction === id));
        payments.forEach((payment, i) => {
          expect([payment?.from, payment?.to]).toEqual([path.accounts[i], path.accounts[i + 1]]);
          if (i > 0) expect(payment?.atMs).toBeGreaterThanOrEqual(payments[i - 1]?.atMs as number);
        });
        const folded = afterStep(index, canvas, { kind: 'fold', of: nodeRef(path.accounts[0] as string) });
        for (const account of path.accounts) expect(folded.shown.has(account)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a step that can do nothing changes nothing and says why', () => {
    const index = madeUp([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
      [1, 3, 4],
      [9, 9, 9],
    ]);
    const first = firstCanvas(index);
    const source = nodeRef(index.answer.sources[0]?.account as string);
    for (const [step, reason] of [
      [{ kind: 'expand', of: 'nobody' }, 'unknown'],
      [{ kind: 'hide', of: source }, 'source'],
      [{ kind: 'more', layer: 12 }, 'nothing-more'],
      [{ kind: 'unpin', of: source }, 'unknown'],
    ] as const) {
      const after = afterStep(index, first, step);
      expect(after).toEqual({ ...first, effect: { kind: 'refused', reason } });
    }
  });

  test('odd addresses are no steps', () => {
    for (const odd of ['x', 'e', 'eABC', 'm99', 'm-1', 'nabc', 'nabc~%%', `nabc~${'A'.repeat(2000)}`, 'eabc..eabc', 'nabc~_w'])
      expect(readSteps(odd)).toBeNull();
    expect(readSteps('')).toEqual([]);
  });
});

describe('drawing it', () => {
  test('bands start and end at their nodes’ edges, and are never wider than the node', () => {
    fc.assert(
      fc.property(Seed, fc.constantFrom('interval' as const, 'fifo' as const, 'poison' as const), (seed, view) => {
        const index = madeUp(seed);
        const picture = drawPicture(index, firstCanvas(index));
        const drawn = scene(picture, { places: placed(index, firstCanvas(index)), step: 190, nodeWidth: 128 }, view);
        for (const { edge, path, halo, core } of drawn.bands) {
          const from = drawn.nodes.find(({ node }) => node.id === edge.from);
          const to = drawn.nodes.find(({ node }) => node.id === edge.to);
          const [, x0, y0, x1, y1] = (/^M([\d.-]+) ([\d.-]+)C.* ([\d.-]+) ([\d.-]+)$/.exec(path) ?? []).map(Number);
          const [a, b] = [from?.x as number, to?.x as number];
          expect([x0, x1]).toEqual([b < a ? a : a + 128, b > a ? b : b + 128]);
          for (const [y, node] of [
            [y0, from],
            [y1, to],
          ] as const) {
            expect(y).toBeGreaterThanOrEqual((node?.y ?? 0) - 0.1);
            expect(y).toBeLessThanOrEqual((node?.y ?? 0) + (node?.height ?? 0) + 0.1);
          }
          expect(halo).toBeLessThanOrEqual(Math.min(from?.height ?? 0, to?.height ?? 0));
          expect(core).toBeLessThanOrEqual(halo);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('arrows walk along the bands: right and then left leads back over a band, and no key leaves the canvas', () => {
    const index = madeUp(Array.from({ length: 60 }, (_, i) => [i * 3, i * 5, i * 7] as const));
    const picture = drawPicture(index, firstCanvas(index));
    const { nodes } = scene(picture, { places: placed(index, firstCanvas(index)), step: 190, nodeWidth: 128 }, 'interval');
    const on = { spots: nodes.map(({ node, x, y, height }) => ({ id: node.id, x, y, height })), edges: picture.edges };
    for (const { id } of on.spots)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const) {
        const to = walk(on, id, key);
        expect(on.spots.some((spot) => spot.id === to)).toBe(true);
        if (key === 'ArrowRight' && to !== id) expect(picture.edges.some((edge) => edge.from === id && edge.to === to)).toBe(true);
      }
  });

  test('a backward trace has its source on the right and shows what nobody saw arrive', () => {
    const index = madeUp(
      Array.from({ length: 60 }, (_, i) => [i * 3, i * 5, i * 7] as const),
      'backward',
    );
    const picture = drawPicture(index, firstCanvas(index));
    const at = placed(index, firstCanvas(index));
    const source = picture.nodes.find(({ kind }) => kind === 'source');
    const columns = [...at.values()].map(({ column }) => column);
    expect(at.get(source?.id as string)?.column).toBe(Math.max(...columns));
    expect(picture.nodes.some(({ kind }) => kind === 'unknown')).toBe(true);
    for (const edge of picture.edges) expect(at.has(edge.from) && at.has(edge.to)).toBe(true);
  });
});

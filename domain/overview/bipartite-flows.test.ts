import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bipartiteFlows, type PairAmount, type SideTotal } from './bipartite-flows';
import { sankeyLayout } from './sankey-layout';

const pairs = fc.uniqueArray(
  fc.record({
    payerId: fc.integer({ min: 1, max: 30 }),
    payeeId: fc.integer({ min: 1, max: 30 }),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 18n }),
  }),
  { selector: (pair) => `${pair.payerId}>${pair.payeeId}`, maxLength: 120 },
);

function sides(list: readonly PairAmount[], key: 'payerId' | 'payeeId'): SideTotal[] {
  const totals = new Map<number, bigint>();
  for (const pair of list) totals.set(pair[key], (totals.get(pair[key]) ?? 0n) + pair.amountMinor);
  return [...totals].map(([institutionId, amountMinor]) => ({ institutionId, amountMinor }));
}

const flowsOf = (list: readonly PairAmount[], top = 15) =>
  bipartiteFlows({ payers: sides(list, 'payerId'), payees: sides(list, 'payeeId'), cells: list, top });

describe('flows drawn against each other', () => {
  test('the bands of every end add up to that end, and both sides to the same total, to the last minor unit', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 15 }), (list, top) => {
        const flows = flowsOf(list, top);
        const bandsOf = (id: string) => flows.bands.filter((b) => b.from === id || b.to === id).reduce((sum, b) => sum + b.amountMinor, 0n);
        for (const end of [...flows.payers, ...flows.payees]) expect(bandsOf(end.id)).toBe(end.amountMinor);
        const total = list.reduce((sum, pair) => sum + pair.amountMinor, 0n);
        for (const side of [flows.payers, flows.payees]) expect(side.reduce((sum, end) => sum + end.amountMinor, 0n)).toBe(total);
      }),
    );
  });

  test('money going both ways between two institutions makes two ends each and no cycle', () => {
    const flows = flowsOf([
      { payerId: 1, payeeId: 2, amountMinor: 100n },
      { payerId: 2, payeeId: 1, amountMinor: 40n },
    ]);
    expect(flows.bands).toEqual([
      { from: '1:out', to: '2:in', amountMinor: 100n },
      { from: '2:out', to: '1:in', amountMinor: 40n },
    ]);
    const weights = (list: readonly { id: string; amountMinor: bigint }[]) =>
      list.map(({ id, amountMinor }) => ({ id, weight: Number(amountMinor) / 140 }));
    const layout = sankeyLayout({
      left: weights(flows.payers),
      right: weights(flows.payees),
      bands: flows.bands.map(({ from, to, amountMinor }) => ({ from, to, weight: Number(amountMinor) / 140 })),
      height: 200,
      gap: 4,
      labelPx: 15,
    });
    expect(layout.bands).toHaveLength(2);
    for (const number of [...layout.left, ...layout.right, ...layout.bands].flatMap((placed) => Object.values(placed)))
      if (typeof number === 'number') expect(Number.isFinite(number)).toBe(true);
  });

  test('cells that say more than their side are refused rather than drawn', () => {
    expect(() =>
      bipartiteFlows({
        payers: [{ institutionId: 1, amountMinor: 10n }],
        payees: [{ institutionId: 2, amountMinor: 10n }],
        cells: [{ payerId: 1, payeeId: 2, amountMinor: 11n }],
        top: 15,
      }),
    ).toThrow(/exceed/);
  });
});

describe('the layout', () => {
  test('no end is invisible, ends and labels keep their order and stay inside, no number is NaN', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 150, max: 900 }), (list, height) => {
        const flows = flowsOf(list);
        const total = Number(flows.totalMinor) || 1;
        const weigh = (end: { id: string; amountMinor: bigint }) => ({ id: end.id, weight: Number(end.amountMinor) / total });
        const layout = sankeyLayout({
          left: flows.payers.map(weigh),
          right: flows.payees.map(weigh),
          bands: flows.bands.map((band) => ({ from: band.from, to: band.to, weight: Number(band.amountMinor) / total })),
          height,
          gap: 3,
          labelPx: 15,
        });
        expect(layout.bands).toHaveLength(flows.bands.length);
        for (const side of [layout.left, layout.right])
          side.forEach((end, i) => {
            expect(end.height).toBeGreaterThanOrEqual(2.999);
            expect(end.y + end.height).toBeLessThanOrEqual(Math.max(height, side.length * 6) + 0.01);
            expect(end.labelY).toBeGreaterThanOrEqual(0);
            expect(end.labelY).toBeLessThanOrEqual(height);
            if (i > 0) expect(end.labelY - (side[i - 1]?.labelY ?? 0)).toBeGreaterThan(0);
          });
      }),
    );
  });

  test('on an absolute scale half the weight takes half the height', () => {
    const layout = sankeyLayout({
      left: [{ id: 'a', weight: 0.5 }],
      right: [{ id: 'b', weight: 0.5 }],
      bands: [{ from: 'a', to: 'b', weight: 0.5 }],
      height: 200,
      gap: 4,
      labelPx: 15,
      absolute: true,
    });
    expect(layout.left[0]?.height).toBe(100);
    expect(layout.bands[0]).toMatchObject({ fromHeight: 100, toHeight: 100 });
  });
});

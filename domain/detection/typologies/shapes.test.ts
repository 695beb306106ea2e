import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MoneyGraph } from '../graph/money-graph';
import { ODDNESS } from '../graph/oddness';
import { DAY_MS } from '../movement';
import { HUB_PARTIES_MAX, Shapes } from './shapes';
import { TYPOLOGY_SETTINGS, type Typology } from './typology';

type Edge = { readonly payer: number; readonly payee: number; readonly hour: number };

const WINDOW_DAYS = 3;
const settings = Object.fromEntries(
  Object.entries(TYPOLOGY_SETTINGS).map(([name, one]) => [name, { ...one, windowMs: WINDOW_DAYS * DAY_MS, notable: 1 }]),
) as typeof TYPOLOGY_SETTINGS;

/** A graph whose every movement is odd, so that shapes are what a plain count of distinct counterparties says. */
function sizesOf(edges: readonly Edge[]) {
  const graph = new MoneyGraph();
  const shapes = new Shapes(graph, settings);
  return edges.map(({ payer, payee, hour }, i) => {
    const common = { payerInstitution: 'a', payeeInstitution: 'a', amount: 10, currency: 'CNY', channel: 'transfer' } as const;
    const number = graph.add({ id: String(i), atMs: hour * 3_600_000, payer: `a${payer}`, payee: `a${payee}`, ...common });
    graph.setOddness(number, ODDNESS.odd);
    const sizes = new Map<Typology, { size: number; edges: readonly number[] }>();
    shapes.look(number, (typology, _subject, size, edgesOf) => sizes.set(typology, { size, edges: edgesOf() }));
    return { sizes, hubs: shapes.hubsSkipped };
  });
}

const streams = fc
  .array(fc.record({ payer: fc.nat(7), payee: fc.nat(7), hour: fc.nat(150) }), { minLength: 1, maxLength: 40 })
  .map((edges) => edges.filter(({ payer, payee }) => payer !== payee).toSorted((a, b) => a.hour - b.hour));

describe('shapes', () => {
  it('fan-in and fan-out count the distinct counterparties of the window, neither more nor fewer', () => {
    fc.assert(
      fc.property(streams, (edges) => {
        for (const [i, { sizes }] of sizesOf(edges).entries()) {
          const now = edges[i] as Edge;
          const recent = edges.slice(0, i + 1).filter(({ hour }) => now.hour - hour <= WINDOW_DAYS * 24);
          expect(sizes.get('fan-in')?.size).toBe(new Set(recent.filter(({ payee }) => payee === now.payee).map(({ payer }) => payer)).size);
          expect(sizes.get('fan-out')?.size).toBe(
            new Set(recent.filter(({ payer }) => payer === now.payer).map(({ payee }) => payee)).size,
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gather-scatter is the best cut between payers before and payees after', () => {
    fc.assert(
      fc.property(streams, (edges) => {
        for (const [i, { sizes }] of sizesOf(edges).entries()) {
          const now = edges[i] as Edge;
          const recent = edges.slice(0, i + 1).filter(({ hour }) => now.hour - hour <= WINDOW_DAYS * 24);
          const best = Math.max(
            0,
            ...recent.map(({ hour: cut }) =>
              Math.min(
                new Set(recent.filter((one) => one.payee === now.payer && one.hour <= cut).map((one) => one.payer)).size,
                new Set(recent.filter((one) => one.payer === now.payer && one.hour >= cut).map((one) => one.payee)).size,
              ),
            ),
          );
          expect(sizes.get('gather-scatter')?.size).toBe(best);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('scatter-gather is the largest number of accounts between one source and this payee, in the order of time', () => {
    fc.assert(
      fc.property(streams, (edges) => {
        for (const [i, { sizes }] of sizesOf(edges).entries()) {
          const now = edges[i] as Edge;
          const recent = edges.slice(0, i + 1).filter(({ hour }) => now.hour - hour <= WINDOW_DAYS * 24);
          const lastTo = new Map(recent.filter(({ payee }) => payee === now.payee).map(({ payer, hour }) => [payer, hour]));
          const sources = new Set(recent.map(({ payer }) => payer).filter((payer) => payer !== now.payee));
          const middles = (source: number) =>
            [...lastTo].filter(([middle, until]) => recent.some((one) => one.payer === source && one.payee === middle && one.hour <= until))
              .length;
          const best = lastTo.size < 2 ? 0 : Math.max(0, ...[...sources].map(middles));
          expect(sizes.get('scatter-gather')?.size).toBe(best);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a hub is passed over and counted, at a cost that does not grow with it', () => {
    const many = sizesOf(Array.from({ length: 400 }, (_, i) => ({ payer: i + 1, payee: 0, hour: 1 })));
    expect(many[HUB_PARTIES_MAX - 1]?.sizes.get('fan-in')?.size).toBe(HUB_PARTIES_MAX);
    expect(many.at(-1)?.sizes.has('fan-in')).toBe(false);
    expect(many.at(-1)?.hubs).toBe(400 - HUB_PARTIES_MAX);
  });
});

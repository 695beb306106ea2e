import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MoneyGraph } from '../graph/money-graph';
import { DAY_MS, type Movement } from '../movement';
import { CycleFinder, countCycles } from './cycles';

type Edge = { readonly payer: number; readonly payee: number; readonly day: number };

const movement = (id: number, { payer, payee, day }: Edge): Movement => ({
  id: String(id),
  atMs: day * DAY_MS,
  payer: String(payer),
  payee: String(payee),
  payerInstitution: 'a',
  payeeInstitution: 'a',
  amount: 100,
  currency: 'CNY',
  channel: 'transfer',
});

const graphs = fc
  .array(fc.record({ payer: fc.nat(6), payee: fc.nat(6), day: fc.nat(12) }), { maxLength: 28 })
  .map((edges) => edges.filter(({ payer, payee }) => payer !== payee).toSorted((a, b) => a.day - b.day));

/** Every simple path forward in time, written out: slow, and plain to see right. */
function ringsClosedBy(edges: readonly Edge[], last: number, windowDays: number): number[] {
  const closing = edges[last] as Edge;
  const lengths: number[] = [];
  const walk = (at: number, day: number, visited: readonly number[], length: number, firstDay: number) => {
    for (const [i, edge] of edges.entries()) {
      if (i >= last || edge.payer !== at || (length > 0 && edge.day <= day)) continue;
      const begun = length === 0 ? edge.day : firstDay;
      if (closing.day - begun > windowDays || edge.day >= closing.day) continue;
      if (edge.payee === closing.payer) lengths.push(length + 2);
      else if (!visited.includes(edge.payee)) walk(edge.payee, edge.day, [...visited, edge.payee], length + 1, begun);
    }
  };
  walk(closing.payee, -1, [closing.payee], 0, 0);
  return lengths;
}

describe('time-respecting rings', () => {
  it('are counted as a slow search through all paths counts them', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 12 }), (edges, windowDays) => {
        const graph = new MoneyGraph();
        for (const [i, edge] of edges.entries()) {
          const number = graph.add(movement(i, edge));
          const counts = new Map<number, number>();
          countCycles(graph, number, { windowMs: windowDays * DAY_MS, lengthMax: 10 }, counts);
          const expected = new Map<number, number>();
          for (const length of ringsClosedBy(edges, i, windowDays)) expected.set(length, (expected.get(length) ?? 0) + 1);
          expect(counts).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are found exactly where there is one, and what is found is one', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 12 }), (edges, windowDays) => {
        const graph = new MoneyGraph();
        const finder = new CycleFinder(graph);
        for (const [i, edge] of edges.entries()) {
          const number = graph.add(movement(i, edge));
          const found = finder.find(number, { windowMs: windowDays * DAY_MS, lengthMax: 14, looksMax: 1e6 });
          expect(found.kind === 'found').toBe(ringsClosedBy(edges, i, windowDays).length > 0);
          if (found.kind !== 'found') continue;
          const ring = found.edges.toReversed();
          expect(ring.at(-1)).toBe(number);
          expect(new Set(ring.map((one) => graph.payer(one))).size).toBe(ring.length);
          for (const [place, one] of ring.entries()) {
            expect(graph.payee(one)).toBe(graph.payer(ring[(place + 1) % ring.length] as number));
            if (place > 0) expect(graph.at(one)).toBeGreaterThan(graph.at(ring[place - 1] as number));
          }
          expect(graph.at(number) - graph.at(ring[0] as number)).toBeLessThanOrEqual(windowDays * DAY_MS);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a search never looks at more than it may', () => {
    const graph = new MoneyGraph();
    for (let i = 0; i < 3_000; i++) graph.add(movement(i, { payer: i + 2, payee: 1, day: 1 }));
    const closing = graph.add(movement(9_999, { payer: 1, payee: 900_000, day: 2 }));
    expect(new CycleFinder(graph).find(closing, { windowMs: 7 * DAY_MS, lengthMax: 5, looksMax: 100 })).toEqual({ kind: 'gave-up' });
  });

  const folder = path.resolve('..', 'shared', 'data', 'tracing');
  it.skipIf(!fs.existsSync(folder))('of seven days in the published edges number exactly as published (skipped without the data)', () => {
    const graph = new MoneyGraph();
    const counts = new Map<number, number>();
    const lines = fs.readFileSync(path.join(folder, 'amlgentex_dev.edges'), 'utf8').trim().split('\n');
    for (const [i, line] of lines.entries()) {
      const [payer, payee, day] = line.split(' ').map(Number) as [number, number, number];
      countCycles(graph, graph.add(movement(i, { payer, payee, day })), { windowMs: 7 * DAY_MS, lengthMax: 8 }, counts);
    }
    const published = fs.readFileSync(path.join(folder, 'amlgentex_dev.tw7.csv'), 'utf8').trim().split('\n');
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect([...[...counts].sort().map(([length, count]) => `${length},${count}`), `Total,${total}`]).toEqual(published);
  });
});

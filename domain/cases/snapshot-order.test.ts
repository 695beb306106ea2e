import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snapshotOrder } from './snapshot-order';
import type { TraceSnapshot } from './trace-snapshot';

type Graph = Pick<TraceSnapshot, 'nodes' | 'edges'>;
const amounts = (high: number) => ({ fifo: '0', lifo: '0', proRata: '0', poison: '0', low: '0', high: String(high) });

const graph = fc
  .uniqueArray(fc.record({ id: fc.stringMatching(/^[a-z]{1,4}(:\d)?$/), layer: fc.nat(4), high: fc.nat(1000) }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 30,
  })
  .chain((nodes) =>
    fc.array(fc.record({ from: fc.constantFrom(...nodes), to: fc.constantFrom(...nodes), high: fc.nat(1000) }), { maxLength: 40 }).map(
      (edges): Graph => ({
        nodes: nodes.map(({ id, layer, high }) => ({
          id,
          layer,
          kind: 'account',
          accounts: 1,
          institution: null,
          amounts: amounts(high),
          note: null,
          pinned: false,
          masked: null,
        })),
        edges: edges.map(({ from, to, high }) => ({ from: from.id, to: to.id, amounts: amounts(high), payments: 1, pinned: false })),
      }),
    ),
  );

test('a kept trace is drawn with every node once, groups last in their layer, and the same way in whatever order its data comes', () => {
  fc.assert(
    fc.property(graph, ({ nodes, edges }) => {
      const order = snapshotOrder({ nodes, edges });
      expect([...order].sort()).toEqual(nodes.map(({ id }) => id).sort());
      for (const layer of new Set(nodes.map((node) => node.layer))) {
        const here = order.filter((id) => nodes.find((node) => node.id === id)?.layer === layer);
        expect(here.findIndex((id) => id.includes(':'))).toBe(
          here.some((id) => id.includes(':')) ? here.filter((id) => !id.includes(':')).length : -1,
        );
      }
      expect(snapshotOrder({ nodes: nodes.toReversed(), edges: edges.toReversed() })).toEqual(order);
    }),
  );
});

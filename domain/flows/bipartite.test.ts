import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bipartiteFlow } from './bipartite';

const link = fc.record({
  source: fc.constantFrom(...'ABCDEFGH'),
  target: fc.constantFrom(...'ABCDEFGH'),
  amountMinor: fc.bigInt({ min: 0n, max: 10n ** 18n }),
});

describe('the two sides of a flow picture', () => {
  it('never make a cycle: money that returns goes from an out node to an in node', () => {
    const { nodes, links } = bipartiteFlow(
      [
        { source: 'A', target: 'B', amountMinor: 5n },
        { source: 'B', target: 'A', amountMinor: 4n },
        { source: 'A', target: 'A', amountMinor: 1n },
      ],
      15,
    );
    expect(nodes.map((node) => node.id)).toEqual(['A:out', 'B:out', 'A:in', 'B:in']);
    for (const { source, target } of links) {
      expect(nodes[source]?.side).toBe('out');
      expect(nodes[target]?.side).toBe('in');
    }
  });

  it('add up to the flows on the left, on the right and in between, whatever is folded', () => {
    fc.assert(
      fc.property(fc.array(link, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (given, top) => {
        const { nodes, links, totalMinor } = bipartiteFlow(given, top);
        const sum = (side: string) => nodes.filter((node) => node.side === side).reduce((a, node) => a + node.amountMinor, 0n);
        const between = links.reduce((a, one) => a + one.amountMinor, 0n);
        expect([sum('out'), sum('in'), between]).toEqual([totalMinor, totalMinor, totalMinor]);
        expect(nodes.filter((node) => node.side === 'out').length).toBeLessThanOrEqual(top + 1);
      }),
    );
  });
});

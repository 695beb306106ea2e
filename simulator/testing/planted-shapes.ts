/** The eight shapes of the AMLworld generator. */
export const PLANTED_SHAPES = [
  'fan-in',
  'fan-out',
  'cycle',
  'scatter-gather',
  'gather-scatter',
  'bipartite',
  'stack',
  'random-walk',
] as const;
export type PlantedShape = (typeof PLANTED_SHAPES)[number];

/** One payment of a shape; `moment` runs from 0 to 1 over the pattern's time. */
export type PlantedEdge = { readonly payer: number; readonly payee: number; readonly moment: number; readonly amount: number };
type Draw = { readonly random: () => number; readonly account: () => number };

/** The payments of one planted pattern, between accounts that are drawn anew. */
export function plantedEdges(shape: PlantedShape, draw: Draw): readonly PlantedEdge[] {
  const size = 5 + Math.floor(draw.random() * 8);
  const amount = Math.exp(6 + draw.random() * 3);
  return SHAPES[shape]({ ...draw, size, amount, accounts: (count) => distinct(draw, count) });
}

type Making = Draw & { readonly size: number; readonly amount: number; readonly accounts: (count: number) => readonly number[] };

const SHAPES: { readonly [S in PlantedShape]: (making: Making) => readonly PlantedEdge[] } = {
  'fan-in': (making) => {
    const [centre, ...around] = making.accounts(making.size + 1) as [number, ...number[]];
    return around.map((payer) => ({ payer, payee: centre, moment: making.random(), amount: varied(making) }));
  },
  'fan-out': (making) => {
    const [centre, ...around] = making.accounts(making.size + 1) as [number, ...number[]];
    return around.map((payee) => ({ payer: centre, payee, moment: making.random(), amount: varied(making) }));
  },
  cycle: (making) => {
    const ring = making.accounts(Math.max(3, Math.min(10, making.size - 2)));
    return path([...ring, ring[0] as number], making);
  },
  'random-walk': (making) => path(making.accounts(making.size), making),
  'scatter-gather': (making) => {
    const [source, sink, ...middles] = making.accounts(making.size + 1) as [number, number, ...number[]];
    return middles.flatMap((middle) => {
      const amount = varied(making);
      const leaves = making.random() * 0.55;
      const arrives = leaves + 0.02 + making.random() * (0.98 - leaves);
      return [
        { payer: source, payee: middle, moment: leaves, amount },
        { payer: middle, payee: sink, moment: arrives, amount: amount * (0.9 + making.random() * 0.1) },
      ];
    });
  },
  'gather-scatter': (making) => {
    const into = Math.max(3, Math.floor(making.size / 2));
    const [centre, ...around] = making.accounts(into * 2 + 1) as [number, ...number[]];
    return around.map((other, i) =>
      i < into
        ? { payer: other, payee: centre, moment: making.random() * 0.5, amount: varied(making) }
        : { payer: centre, payee: other, moment: 0.5 + making.random() * 0.5, amount: varied(making) },
    );
  },
  bipartite: (making) => layer(making, making.accounts(sideOf(making)), making.accounts(sideOf(making)), [0, 1]),
  stack: (making) => {
    const [first, second, third] = [making.accounts(sideOf(making)), making.accounts(sideOf(making)), making.accounts(sideOf(making))];
    return [...layer(making, first, second, [0, 0.5]), ...layer(making, second, third, [0.5, 1])];
  },
};

const sideOf = ({ size }: Making) => Math.max(3, Math.floor(size / 2));
const varied = ({ amount, random }: Making) => amount * Math.exp((random() - 0.5) * 0.8);

/** Hop by hop through distinct accounts, each later than the one before and a little less. */
function path(accounts: readonly number[], { amount, random }: Making): readonly PlantedEdge[] {
  const hops = accounts.length - 1;
  let left = amount;
  return Array.from({ length: hops }, (_, i) => {
    left *= 0.94 + random() * 0.06;
    return { payer: accounts[i] as number, payee: accounts[i + 1] as number, moment: (i + 0.05 + random() * 0.9) / hops, amount: left };
  });
}

/** Everyone of one side pays two or more of the other. */
function layer(
  making: Making,
  from: readonly number[],
  to: readonly number[],
  [begin, end]: readonly [number, number],
): readonly PlantedEdge[] {
  const edges: PlantedEdge[] = [];
  for (const payer of from)
    for (const [i, payee] of to.entries()) {
      const chosen = i < 2 ? true : making.random() < 0.5;
      if (payer !== payee && chosen) edges.push({ payer, payee, moment: begin + making.random() * (end - begin), amount: varied(making) });
    }
  return edges;
}

function distinct({ account }: Draw, count: number): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(account());
  return [...chosen];
}

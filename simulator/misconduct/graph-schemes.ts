import type { Draw, Holder, PlantedMove, Scheme } from './planted-move';

// The shapes of laundering as the published generators define them (AMLSim, AMLworld), among accounts that hardly do anything else.

const DAY = 1_440;

const send = (payer: Holder, payee: Holder, moment: number, yuan: number): PlantedMove => ({
  payer,
  payee,
  moment,
  amountMinor: Math.max(100, Math.round(yuan * 100)),
  businessType: 'transfer',
});
const between = ({ random }: Draw, least: number, most: number) => least + random.unit() * (most - least);
const whole = (draw: Draw, least: number, most: number) => Math.floor(between(draw, least, most + 1));

/** Hop by hop, each later than the one before and a little less. */
function path(draw: Draw, accounts: readonly Holder[], keeps: number): readonly PlantedMove[] {
  const hops = accounts.length - 1;
  let left = between(draw, 40_000, 400_000);
  return Array.from({ length: hops }, (_, i) => {
    left *= keeps + draw.random.unit() * (1 - keeps);
    return send(accounts[i] as Holder, accounts[i + 1] as Holder, (i + 0.1 + draw.random.unit() * 0.8) / hops, left);
  });
}

/** Everybody of one side pays everybody of the other. */
function layer(
  draw: Draw,
  from: readonly Holder[],
  to: readonly Holder[],
  [begin, end]: readonly [number, number],
): readonly PlantedMove[] {
  return from.flatMap((payer) => to.map((payee) => send(payer, payee, between(draw, begin, end), between(draw, 20_000, 90_000))));
}

export const GRAPH_SCHEMES: readonly Scheme[] = [
  {
    kind: 'fan-in',
    minutes: DAY,
    moves(draw) {
      const [centre, ...around] = draw.mules(whole(draw, 9, 14)) as [Holder, ...Holder[]];
      return around.map((payer) => send(payer, centre, draw.random.unit(), between(draw, 15_000, 60_000)));
    },
  },
  {
    kind: 'fan-out',
    minutes: DAY,
    quickMinutes: 5,
    moves(draw) {
      const [centre, ...around] = draw.mules(whole(draw, 9, 14)) as [Holder, ...Holder[]];
      return around.map((payee) => send(centre, payee, draw.random.unit(), between(draw, 15_000, 60_000)));
    },
  },
  {
    kind: 'cycle',
    minutes: DAY,
    quickMinutes: 6,
    moves(draw) {
      const ring = draw.mules(whole(draw, 4, 7));
      return path(draw, [...ring, ring[0] as Holder], 0.94);
    },
  },
  {
    kind: 'scatter-gather',
    minutes: DAY,
    quickMinutes: 6,
    moves(draw) {
      const [source, sink, ...middles] = draw.mules(whole(draw, 7, 9)) as [Holder, Holder, ...Holder[]];
      return middles.flatMap((middle) => {
        const yuan = between(draw, 20_000, 80_000);
        const leaves = between(draw, 0, 0.5);
        return [send(source, middle, leaves, yuan), send(middle, sink, between(draw, leaves + 0.05, 1), yuan * between(draw, 0.92, 1))];
      });
    },
  },
  {
    kind: 'gather-scatter',
    minutes: DAY,
    moves(draw) {
      const [centre, ...around] = draw.mules(13) as [Holder, ...Holder[]];
      return around.map((other, i) =>
        i % 2 === 0
          ? send(other, centre, between(draw, 0, 0.5), between(draw, 20_000, 80_000))
          : send(centre, other, between(draw, 0.5, 1), between(draw, 20_000, 80_000)),
      );
    },
  },
  { kind: 'bipartite', minutes: DAY, moves: (draw) => layer(draw, draw.mules(4), draw.mules(4), [0, 1]) },
  {
    kind: 'stack',
    minutes: DAY,
    moves(draw) {
      const [first, second, third] = [draw.mules(3), draw.mules(3), draw.mules(3)];
      return [...layer(draw, first, second, [0, 0.5]), ...layer(draw, second, third, [0.5, 1])];
    },
  },
  { kind: 'random-walk', minutes: 2 * DAY, moves: (draw) => path(draw, draw.mules(whole(draw, 6, 9)), 0.85) },
  { kind: 'rapid-movement', minutes: 180, quickMinutes: 4, moves: (draw) => path(draw, draw.mules(whole(draw, 5, 7)), 0.96) },
  {
    kind: 'u-turn',
    minutes: 600,
    quickMinutes: 5,
    moves(draw) {
      const chain = draw.mules(4);
      return path(draw, [...chain, chain[0] as Holder], 0.96);
    },
  },
];

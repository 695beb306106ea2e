import { type MoneyGraph, NONE } from '../graph/money-graph';
import { passedOnTo } from '../graph/passing-on';
import { Seen } from '../graph/seen';
import { DAY_MS, HOUR_MS } from '../movement';
import { roundness } from '../roundness';
import { TYPOLOGIES } from '../typologies/typology';

const WALKS = ['payer out', 'payer in', 'payee in', 'payee out'] as const;
const BEFORE = ['1 d', '7 d', '30 d', 'parties 7 d', 'parties 30 d', 'like', 'mean'] as const;
const AFTER = ['3 d', 'all', 'parties', 'like', 'mean'] as const;
const OWN = [
  'amount',
  'amount against payer',
  'amount against payee',
  'round',
  'transfer',
  'deposit',
  'withdrawal',
  'payment',
  'payer known days',
  'payee known days',
  'payer idle days',
  'payee idle days',
  'payer lifetime out',
  'payer lifetime in',
  'payee lifetime out',
  'payee lifetime in',
  'payer round share',
  'currency changed',
  'pair before',
  'pair back',
  'pair after',
  'share passed on',
  'passed on after hours',
  'hops before',
  'chain start share',
  'chain days',
  'chain currencies',
  'onward share',
  'onward hours',
  'hops after',
  'hops both',
  'onward currency changed',
  'onward share end',
  'in 3 d over out 3 d',
  'payee out 3 d over in',
  'payer fund 7 d',
] as const;

export const FEATURES: readonly string[] = [
  ...OWN,
  ...WALKS.flatMap((walk) => BEFORE.map((what) => `${walk} before ${what}`)),
  ...WALKS.flatMap((walk) => AFTER.map((what) => `${walk} after ${what}`)),
  ...TYPOLOGIES.map((typology) => `marked ${typology}`),
];

const STEPS_MAX = 96;
const IDLE_DAYS_MAX = 60;
const FORWARD_HOPS_MAX = 6;

/** Reads what the score looks at: everything that has arrived up to now, never anything later. */
export class FeatureReader {
  readonly #graph: MoneyGraph;
  readonly #seenShort = new Seen();
  readonly #seenLong = new Seen();
  readonly values = new Float32Array(FEATURES.length);

  constructor(graph: MoneyGraph) {
    this.#graph = graph;
  }

  /** The features of a movement, in {@link values}: as of its arrival where nothing has come since, else as of now. */
  read(edge: number): Float32Array {
    const graph = this.#graph;
    const { accounts } = graph;
    const values = this.values;
    const [payer, payee, at, amount] = [graph.payer(edge), graph.payee(edge), graph.at(edge), graph.amount(edge)];
    const value = graph.logAmount(edge);
    const channel = graph.channel(edge);
    let put = 0;
    values[put++] = value;
    values[put++] = against(value, accounts.outCount, accounts.outMean, accounts.outSquares, payer);
    values[put++] = against(value, accounts.inCount, accounts.inMean, accounts.inSquares, payee);
    values[put++] = roundness(amount);
    values[put++] = channel === 2 ? 1 : 0;
    values[put++] = channel === 3 ? 1 : 0;
    values[put++] = channel === 4 ? 1 : 0;
    values[put++] = channel === 1 ? 1 : 0;
    values[put++] = (at - (accounts.firstAt[payer] as number)) / DAY_MS;
    values[put++] = (at - (accounts.firstAt[payee] as number)) / DAY_MS;
    const idle = put;
    put += 2;
    values[put++] = accounts.outCount[payer] as number;
    values[put++] = accounts.inCount[payer] as number;
    values[put++] = accounts.outCount[payee] as number;
    values[put++] = accounts.inCount[payee] as number;
    values[put++] = (accounts.roundCount[payer] as number) / Math.max(1, accounts.outCount[payer] as number);
    values[put++] = accounts.ownCurrency[payer] !== 0 && accounts.ownCurrency[payer] !== graph.currency(edge) + 1 ? 1 : 0;
    const pair = put;
    put += 3;
    values.fill(0, pair, put);
    put = this.#chain(edge, put);
    const sums = put;
    put += 3;

    const after = put + WALKS.length * BEFORE.length;
    const payerOut = this.#walk(edge, payer, true, put, after);
    const payerIn = this.#walk(edge, payer, false, put + BEFORE.length, after + AFTER.length);
    const payeeIn = this.#walk(edge, payee, false, put + 2 * BEFORE.length, after + 2 * AFTER.length);
    const payeeOut = this.#walk(edge, payee, true, put + 3 * BEFORE.length, after + 3 * AFTER.length);
    const marks = graph.marks(edge);
    const marked = values.length - TYPOLOGIES.length;
    for (let bit = 0; bit < TYPOLOGIES.length; bit++) values[marked + bit] = (marks >>> bit) & 1;
    values[idle] = idleDays(at, payerOut.lastAt, payerIn.lastAt);
    values[idle + 1] = idleDays(at, payeeIn.lastAt, payeeOut.lastAt);
    values[pair] = payerOut.pairBefore;
    values[pair + 2] = payerOut.pairAfter;
    values[pair + 1] = payerIn.fromPayee;
    values[sums] = ratio(payerIn.before3, payerOut.before3 + amount);
    values[sums + 1] = ratio(payeeOut.after3, payeeIn.before3 + amount);
    values[sums + 2] = ratio(amount, payerIn.before7);
    return values;
  }

  #chain(edge: number, start: number): number {
    const graph = this.#graph;
    const values = this.values;
    const [at, amount] = [graph.at(edge), graph.amount(edge)];
    let put = start;
    const from = graph.passedOn(edge);
    const hops = graph.hops(edge);
    values[put++] = from === NONE ? 0 : amount / graph.amount(from);
    values[put++] = from === NONE ? -1 : (at - graph.at(from)) / HOUR_MS;
    values[put++] = hops;
    let head = edge;
    let changes = 0;
    for (let back = graph.passedOn(edge); back !== NONE; back = graph.passedOn(back)) {
      if (graph.currency(back) !== graph.currency(head)) changes++;
      head = back;
    }
    values[put++] = amount / graph.amount(head);
    values[put++] = (at - graph.at(head)) / DAY_MS;
    values[put++] = changes;
    const onward = passedOnTo(graph, edge);
    values[put++] = onward === NONE ? 0 : graph.amount(onward) / amount;
    values[put++] = onward === NONE ? -1 : (graph.at(onward) - at) / HOUR_MS;
    let forward = 0;
    let end = edge;
    let next = onward;
    while (next !== NONE && forward < FORWARD_HOPS_MAX) {
      forward++;
      end = next;
      next = passedOnTo(graph, next);
    }
    values[put++] = forward;
    values[put++] = forward + hops;
    values[put++] = onward === NONE ? -1 : graph.currency(onward) === graph.currency(edge) ? 0 : 1;
    values[put++] = graph.amount(end) / amount;
    return put;
  }

  #walk(edge: number, account: number, out: boolean, before: number, after: number) {
    const graph = this.#graph;
    const values = this.values;
    const { columns, mask, first } = graph;
    const { at: times, amount: amounts, logAmount: logs } = columns;
    const parties = out ? columns.payee : columns.payer;
    const earlier = out ? columns.earlierOut : columns.earlierIn;
    const at = times[edge & mask] as number;
    const amount = amounts[edge & mask] as number;
    const own = logs[edge & mask] as number;
    const payee = columns.payee[edge & mask] as number;
    const short = this.#seenShort;
    const long = this.#seenLong;
    let steps = 0;
    let one = out ? graph.lastOut(account) : graph.lastIn(account);
    let [count3, count, like, sum] = [0, 0, 0, 0];
    const result = { before3: 0, before7: 0, after3: 0, pairBefore: 0, pairAfter: 0, fromPayee: 0, lastAt: Number.NEGATIVE_INFINITY };
    long.clear();
    while (one >= first && one > edge && steps++ < STEPS_MAX) {
      const party = parties[one & mask] as number;
      const worth = amounts[one & mask] as number;
      count++;
      if ((times[one & mask] as number) - at <= 3 * DAY_MS) {
        count3++;
        result.after3 += worth;
      }
      long.add(party);
      if (alike(worth, amount)) like++;
      sum += logs[one & mask] as number;
      if (out && party === payee) result.pairAfter++;
      one = earlier[one & mask] as number;
    }
    values[after++] = count3;
    values[after++] = count;
    values[after++] = long.size;
    values[after++] = like;
    values[after++] = count === 0 ? 0 : sum / count - own;
    let [count1, count7] = [0, 0];
    [count, like, sum] = [0, 0, 0];
    short.clear();
    long.clear();
    while (one >= first && steps++ < STEPS_MAX) {
      const past = at - (times[one & mask] as number);
      if (one !== edge && result.lastAt === Number.NEGATIVE_INFINITY) result.lastAt = times[one & mask] as number;
      if (past > 30 * DAY_MS) break;
      if (one !== edge) {
        const party = parties[one & mask] as number;
        const worth = amounts[one & mask] as number;
        count++;
        long.add(party);
        if (past <= 7 * DAY_MS) {
          count7++;
          short.add(party);
          result.before7 += worth;
        }
        if (past <= 3 * DAY_MS) result.before3 += worth;
        if (past <= DAY_MS) count1++;
        if (alike(worth, amount)) like++;
        sum += logs[one & mask] as number;
        if (out && party === payee) result.pairBefore++;
        if (!out && party === payee) result.fromPayee++;
      }
      one = earlier[one & mask] as number;
    }
    values[before++] = count1;
    values[before++] = count7;
    values[before++] = count;
    values[before++] = short.size;
    values[before++] = long.size;
    values[before++] = like;
    values[before++] = count === 0 ? 0 : sum / count - own;
    return result;
  }
}

function ratio(a: number, b: number): number {
  return b > 0 ? Math.min(10, a / b) : 0;
}
function alike(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.02 * b;
}
function against(value: number, counts: Float64Array, means: Float64Array, squares: Float64Array, account: number): number {
  const count = counts[account] as number;
  if (count < 3) return 0;
  const spread = Math.sqrt((squares[account] as number) / count) + 0.1;
  return Math.max(-20, Math.min(20, (value - (means[account] as number)) / spread));
}

function idleDays(at: number, lastA: number, lastB: number): number {
  const last = Math.max(lastA, lastB);
  return last === Number.NEGATIVE_INFINITY ? IDLE_DAYS_MAX : Math.min(IDLE_DAYS_MAX, (at - last) / DAY_MS);
}

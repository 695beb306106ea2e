import { DAY_MS, MOVEMENT_CHANNELS, type Movement } from '../movement';
import { AccountTable, type SavedAccounts } from './account-table';
import { Names, type SavedNames } from './names';

export type GraphLimits = {
  /** Movements older than this are forgotten. */
  readonly horizonMs: number;
  /** Movements kept at most, a power of two: beyond it the oldest go before their time, which {@link MoneyGraph.heldMs} shows. */
  readonly edgesMax: number;
  readonly accountsMax: number;
  /** Movements are numbered anew once they have come so far: 32 bits must hold a number. */
  readonly numbersMax: number;
};
export const GRAPH_LIMITS: GraphLimits = { horizonMs: 45 * DAY_MS, edgesMax: 1 << 21, accountsMax: 1_200_000, numbersMax: 1_800_000_000 };

export const NONE = -1;
/** Kept in the byte of the oddness. */
const FOREIGN = 4;

type Columns = {
  readonly at: Float64Array;
  readonly amount: Float64Array;
  /** log1p of the amount: asked for so often that it is worked out once. */
  readonly logAmount: Float64Array;
  readonly payer: Int32Array;
  readonly payee: Int32Array;
  /** The previous movement out of the payer, into the payee; below {@link MoneyGraph.first} once forgotten. */
  readonly earlierOut: Int32Array;
  readonly earlierIn: Int32Array;
  /** The incoming movement whose money this one most likely passes on, and how many hops that chain has had. */
  readonly passedOn: Int32Array;
  readonly hops: Uint8Array;
  readonly currency: Uint16Array;
  readonly channel: Uint8Array;
  /** One bit for each typology that has named this movement. */
  readonly marks: Uint32Array;
  /** How odd a payment it is for its payer, see {@link oddnessOf}. */
  readonly oddness: Uint8Array;
  readonly score: Float32Array;
};

export type SavedGraph = {
  readonly limits: GraphLimits;
  readonly first: number;
  readonly next: number;
  readonly settledUpTo: number;
  readonly crowdedOut: number;
  readonly beganMs: number;
  readonly ids: readonly string[];
  readonly columns: { readonly [K in keyof Columns]: Columns[K] };
  readonly accounts: SavedAccounts;
  readonly names: SavedNames;
  readonly currencies: SavedNames;
  readonly institutions: SavedNames;
};

/**
 * The recent past of the money graph: a ring of movements in columns, each linked to the one before it at either end, so that a walk along
 * an account's movements goes from the newest backwards and costs what it looks at. Movements are named by ever growing whole numbers.
 */
export class MoneyGraph {
  readonly limits: GraphLimits;
  readonly accounts: AccountTable;
  readonly names: Names;
  readonly currencies: Names;
  readonly institutions: Names;
  /** The oldest movement that is kept, and the number of the next. */
  first = 0;
  next = 0;
  /** The oldest movement that has no settled score yet. */
  settledUpTo = 0;
  /** Movements that went before their time because the ring was full. */
  crowdedOut = 0;
  /** When the first movement of all came. */
  beganMs = Number.POSITIVE_INFINITY;
  #columns: Columns;
  #ids: (string | undefined)[];
  #mask: number;

  constructor(limits: GraphLimits = GRAPH_LIMITS, saved?: SavedGraph) {
    this.limits = limits;
    const size = saved ? powerOfTwo(Math.max(1024, saved.next - saved.first)) : 1024;
    this.#columns = columnsOf(size);
    this.#mask = size - 1;
    this.#ids = new Array(size);
    this.accounts = new AccountTable(saved?.accounts);
    this.names = saved ? Names.restored(saved.names) : new Names();
    this.currencies = saved ? Names.restored(saved.currencies) : new Names();
    this.institutions = saved ? Names.restored(saved.institutions) : new Names();
    if (!saved) return;
    this.first = saved.first;
    this.next = saved.next;
    this.settledUpTo = saved.settledUpTo;
    this.crowdedOut = saved.crowdedOut;
    this.beganMs = saved.beganMs;
    for (let edge = saved.first; edge < saved.next; edge++) {
      const [to, from] = [edge & this.#mask, edge - saved.first];
      for (const [name, column] of Object.entries(this.#columns)) column[to] = saved.columns[name as keyof Columns][from] as number;
      this.#ids[to] = saved.ids[from];
    }
  }

  /** Takes in a movement, which is not earlier than the one before it, and forgets what is past the horizon. */
  add(movement: Movement): number {
    this.#forget(movement.atMs);
    this.beganMs = Math.min(this.beganMs, movement.atMs);
    if (this.next - this.first > this.#mask) this.#grow();
    if (this.next > this.limits.numbersMax) this.#renumber();
    const payer = this.#account(movement.payer, movement.payerInstitution, movement.atMs);
    const payee = this.#account(movement.payee, movement.payeeInstitution, movement.atMs);
    const edge = this.next++;
    const slot = edge & this.#mask;
    const columns = this.#columns;
    columns.at[slot] = movement.atMs;
    columns.amount[slot] = movement.amount;
    columns.logAmount[slot] = Math.log1p(movement.amount);
    columns.payer[slot] = payer;
    columns.payee[slot] = payee;
    columns.earlierOut[slot] = this.accounts.lastOut[payer] as number;
    columns.earlierIn[slot] = this.accounts.lastIn[payee] as number;
    columns.passedOn[slot] = NONE;
    columns.hops[slot] = 0;
    columns.currency[slot] = this.currencies.numberOf(movement.currency);
    columns.channel[slot] = MOVEMENT_CHANNELS.indexOf(movement.channel);
    columns.marks[slot] = 0;
    columns.oddness[slot] = 0;
    columns.score[slot] = 0;
    this.#ids[slot] = movement.id;
    this.accounts.lastOut[payer] = edge;
    this.accounts.lastIn[payee] = edge;
    return edge;
  }

  /** The columns themselves, each read at `edge & mask`: for loops that look at millions of movements. They are others after the next `add`. */
  get columns(): Readonly<Columns> {
    return this.#columns;
  }
  get mask(): number {
    return this.#mask;
  }

  at(edge: number): number {
    return this.#columns.at[edge & this.#mask] as number;
  }
  amount(edge: number): number {
    return this.#columns.amount[edge & this.#mask] as number;
  }
  logAmount(edge: number): number {
    return this.#columns.logAmount[edge & this.#mask] as number;
  }
  payer(edge: number): number {
    return this.#columns.payer[edge & this.#mask] as number;
  }
  payee(edge: number): number {
    return this.#columns.payee[edge & this.#mask] as number;
  }
  currency(edge: number): number {
    return this.#columns.currency[edge & this.#mask] as number;
  }
  channel(edge: number): number {
    return this.#columns.channel[edge & this.#mask] as number;
  }
  /** The movement before this one out of the same payer, or one below {@link first}. */
  earlierOut(edge: number): number {
    return this.#columns.earlierOut[edge & this.#mask] as number;
  }
  earlierIn(edge: number): number {
    return this.#columns.earlierIn[edge & this.#mask] as number;
  }
  passedOn(edge: number): number {
    const from = this.#columns.passedOn[edge & this.#mask] as number;
    return from < this.first ? NONE : from;
  }
  hops(edge: number): number {
    return this.#columns.hops[edge & this.#mask] as number;
  }
  marks(edge: number): number {
    return this.#columns.marks[edge & this.#mask] as number;
  }
  oddness(edge: number): number {
    return (this.#columns.oddness[edge & this.#mask] as number) & ~FOREIGN;
  }
  /** Whether its amount was far below what its payer, or else its payee, was used to. */
  isForeign(edge: number): boolean {
    return ((this.#columns.oddness[edge & this.#mask] as number) & FOREIGN) !== 0;
  }
  score(edge: number): number {
    return this.#columns.score[edge & this.#mask] as number;
  }
  id(edge: number): string {
    return this.#ids[edge & this.#mask] as string;
  }

  chain(edge: number, passedOn: number, hops: number): void {
    this.#columns.passedOn[edge & this.#mask] = passedOn;
    this.#columns.hops[edge & this.#mask] = Math.min(255, hops);
  }
  mark(edge: number, bits: number): void {
    this.#columns.marks[edge & this.#mask] = this.marks(edge) | bits;
  }
  setOddness(edge: number, oddness: number, foreign = false): void {
    this.#columns.oddness[edge & this.#mask] = foreign ? oddness | FOREIGN : oddness;
  }
  setScore(edge: number, score: number): void {
    this.#columns.score[edge & this.#mask] = score;
  }

  /** The newest movement out of an account, or one below {@link first}. */
  lastOut(account: number): number {
    return this.accounts.lastOut[account] as number;
  }
  lastIn(account: number): number {
    return this.accounts.lastIn[account] as number;
  }

  /** How far back the ring really reaches: shorter than the horizon where it is full. */
  heldMs(nowMs: number): number {
    return this.next === this.first ? 0 : nowMs - this.at(this.first);
  }

  save(): SavedGraph {
    const size = this.next - this.first;
    const columns = columnsOf(size);
    const ids: string[] = [];
    for (let edge = this.first; edge < this.next; edge++) {
      const [from, to] = [edge & this.#mask, edge - this.first];
      for (const [name, column] of Object.entries(columns)) column[to] = this.#columns[name as keyof Columns][from] as number;
      ids.push(this.#ids[from] as string);
    }
    const { limits, first, next, settledUpTo, crowdedOut, beganMs } = this;
    return {
      ...{ limits, first, next, settledUpTo, crowdedOut, beganMs, ids, columns },
      accounts: this.accounts.save(this.names.bound),
      names: this.names.save(),
      currencies: this.currencies.save(),
      institutions: this.institutions.save(),
    };
  }

  #account(name: string, institution: string, atMs: number): number {
    if (this.names.size >= this.limits.accountsMax && this.names.known(name) === undefined) this.#forgetIdle();
    const number = this.names.numberOf(name);
    this.accounts.open(number, atMs, this.institutions.numberOf(institution));
    return number;
  }

  #forget(nowMs: number): void {
    const oldest = nowMs - this.limits.horizonMs;
    while (this.first < this.next && this.at(this.first) < oldest) this.#ids[this.first++ & this.#mask] = undefined;
  }

  #grow(): void {
    const size = this.#mask + 1;
    if (size >= this.limits.edgesMax) {
      this.#ids[this.first++ & this.#mask] = undefined;
      this.crowdedOut++;
      return;
    }
    const columns = columnsOf(size * 2);
    const ids = new Array(size * 2);
    for (let edge = this.first; edge < this.next; edge++) {
      const [from, to] = [edge & this.#mask, edge & (size * 2 - 1)];
      for (const [name, column] of Object.entries(columns)) column[to] = this.#columns[name as keyof Columns][from] as number;
      ids[to] = this.#ids[from];
    }
    this.#columns = columns;
    this.#ids = ids;
    this.#mask = size * 2 - 1;
  }

  /** Room for new accounts: the half that has been idle longest goes, but never an account that a kept movement mentions. */
  #forgetIdle(): void {
    const oldest = this.first < this.next ? this.at(this.first) : Number.POSITIVE_INFINITY;
    const idle = this.accounts.idleSince(this.names.bound, oldest).slice(0, Math.ceil(this.limits.accountsMax / 2));
    if (idle.length === 0) {
      // Every account has moved within the ring: the ring has to give way.
      const drop = Math.max(1, (this.next - this.first) >> 3);
      for (let i = 0; i < drop && this.first < this.next; i++) this.#ids[this.first++ & this.#mask] = undefined;
      this.crowdedOut += drop;
      this.#forgetIdle();
      return;
    }
    this.accounts.close(idle);
    this.names.release(idle);
  }

  /** Numbers fit 32 bits for ever: all of them are lowered by a multiple of the ring's size, which leaves every slot where it is. */
  #renumber(): void {
    const by = this.first - (this.first % (this.#mask + 1));
    const lower = (links: Int32Array) => {
      for (let i = 0; i < links.length; i++) links[i] = Math.max(NONE, (links[i] as number) - by);
    };
    for (const links of [this.#columns.earlierOut, this.#columns.earlierIn, this.#columns.passedOn]) lower(links);
    for (const links of [this.accounts.lastOut, this.accounts.lastIn]) lower(links);
    this.first -= by;
    this.next -= by;
    this.settledUpTo = Math.max(0, this.settledUpTo - by);
  }
}

function columnsOf(size: number): Columns {
  return {
    at: new Float64Array(size),
    amount: new Float64Array(size),
    logAmount: new Float64Array(size),
    payer: new Int32Array(size),
    payee: new Int32Array(size),
    earlierOut: new Int32Array(size).fill(NONE),
    earlierIn: new Int32Array(size).fill(NONE),
    passedOn: new Int32Array(size).fill(NONE),
    hops: new Uint8Array(size),
    currency: new Uint16Array(size),
    channel: new Uint8Array(size),
    marks: new Uint32Array(size),
    oddness: new Uint8Array(size),
    score: new Float32Array(size),
  };
}

function powerOfTwo(least: number): number {
  let size = 1;
  while (size < least) size *= 2;
  return size;
}

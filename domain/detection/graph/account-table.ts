type Columns = {
  readonly lastOut: Int32Array;
  readonly lastIn: Int32Array;
  readonly firstAt: Float64Array;
  readonly lastAt: Float64Array;
  readonly outCount: Float64Array;
  readonly inCount: Float64Array;
  /** Mean and sum of squared deviations of the logarithm of amounts, by Welford. */
  readonly outMean: Float64Array;
  readonly outSquares: Float64Array;
  readonly inMean: Float64Array;
  readonly inSquares: Float64Array;
  readonly roundCount: Float64Array;
  readonly topScore: Float32Array;
  /** One above the number of the currency that the account last paid in. */
  readonly ownCurrency: Uint16Array;
  readonly institution: Uint16Array;
};
export type SavedAccounts = { readonly [K in keyof Columns]: Columns[K] };

/** What is remembered of each account for as long as it is known at all: much longer than its movements. */
export class AccountTable {
  #columns: Columns;

  constructor(saved?: SavedAccounts) {
    this.#columns = saved ? copied(saved, Math.max(1024, saved.firstAt.length)) : columnsOf(1024);
  }

  get lastOut(): Int32Array {
    return this.#columns.lastOut;
  }
  get lastIn(): Int32Array {
    return this.#columns.lastIn;
  }
  get firstAt(): Float64Array {
    return this.#columns.firstAt;
  }
  get lastAt(): Float64Array {
    return this.#columns.lastAt;
  }
  get outCount(): Float64Array {
    return this.#columns.outCount;
  }
  get inCount(): Float64Array {
    return this.#columns.inCount;
  }
  get outMean(): Float64Array {
    return this.#columns.outMean;
  }
  get outSquares(): Float64Array {
    return this.#columns.outSquares;
  }
  get inMean(): Float64Array {
    return this.#columns.inMean;
  }
  get inSquares(): Float64Array {
    return this.#columns.inSquares;
  }
  get roundCount(): Float64Array {
    return this.#columns.roundCount;
  }
  get topScore(): Float32Array {
    return this.#columns.topScore;
  }
  get ownCurrency(): Uint16Array {
    return this.#columns.ownCurrency;
  }

  get institution(): Uint16Array {
    return this.#columns.institution;
  }

  /** Makes room for an account and notes its first day; one that is known is left alone. */
  open(account: number, atMs: number, institution: number): void {
    if (account >= this.#columns.firstAt.length) this.#columns = copied(this.#columns, this.#columns.firstAt.length * 2);
    if (this.#columns.firstAt[account] === Number.POSITIVE_INFINITY) {
      this.#columns.firstAt[account] = atMs;
      this.#columns.lastAt[account] = atMs;
      this.#columns.institution[account] = institution;
    }
  }

  /** Takes a movement into both accounts' histories: after everything that looks at what was before it. */
  learn(movement: { payer: number; payee: number; atMs: number; amount: number; currency: number; round: boolean }): void {
    const { payer, payee } = movement;
    const value = Math.log1p(movement.amount);
    const columns = this.#columns;
    welford(columns.outCount, columns.outMean, columns.outSquares, payer, value);
    welford(columns.inCount, columns.inMean, columns.inSquares, payee, value);
    columns.lastAt[payer] = movement.atMs;
    columns.lastAt[payee] = movement.atMs;
    columns.ownCurrency[payer] = movement.currency + 1;
    if (movement.round) columns.roundCount[payer] = (columns.roundCount[payer] as number) + 1;
  }

  /** Accounts whose last movement is before a moment, the longest idle first. */
  idleSince(bound: number, beforeMs: number): number[] {
    const idle: number[] = [];
    const { lastAt, firstAt } = this.#columns;
    for (let account = 0; account < bound; account++)
      if (firstAt[account] !== Number.POSITIVE_INFINITY && (lastAt[account] as number) < beforeMs) idle.push(account);
    return idle.sort((a, b) => (lastAt[a] as number) - (lastAt[b] as number) || a - b);
  }

  /** Forgets these accounts. */
  close(accounts: readonly number[]): void {
    const blank = columnsOf(1);
    for (const account of accounts)
      for (const [name, column] of Object.entries(this.#columns)) column[account] = blank[name as keyof Columns][0] as number;
  }

  save(bound: number): SavedAccounts {
    return copied(this.#columns, bound);
  }
}

function welford(counts: Float64Array, means: Float64Array, squares: Float64Array, at: number, value: number): void {
  const count = (counts[at] as number) + 1;
  const before = value - (means[at] as number);
  counts[at] = count;
  means[at] = (means[at] as number) + before / count;
  squares[at] = (squares[at] as number) + before * (value - (means[at] as number));
}

function columnsOf(size: number): Columns {
  return {
    lastOut: new Int32Array(size).fill(-1),
    lastIn: new Int32Array(size).fill(-1),
    firstAt: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
    lastAt: new Float64Array(size),
    outCount: new Float64Array(size),
    inCount: new Float64Array(size),
    outMean: new Float64Array(size),
    outSquares: new Float64Array(size),
    inMean: new Float64Array(size),
    inSquares: new Float64Array(size),
    roundCount: new Float64Array(size),
    topScore: new Float32Array(size),
    ownCurrency: new Uint16Array(size),
    institution: new Uint16Array(size),
  };
}

function copied(from: SavedAccounts, size: number): Columns {
  const columns = columnsOf(size);
  for (const [name, column] of Object.entries(columns)) {
    const kept = from[name as keyof Columns];
    (column as Float64Array).set((kept.length > size ? kept.subarray(0, size) : kept) as Float64Array);
  }
  return columns;
}

import { balancesBefore } from './balances';
import { type Barrier, barriersOf, degreesOf } from './barriers';
import { type AccountClaim, claimsOf } from './claims';
import { type Cut, cutOf } from './cuts';
import { type Ledger, paymentsBefore } from './ledger';
import { allTraced, carries, FIFO, followed, isOrdered, type Load, leastHop, POISON, withoutDrawn } from './load';
import { isTraced, type Lot, type Purse, tracedAmount, untraced } from './lot';
import { MixedPurse } from './mixed-purse';
import { OrderedPurse } from './ordered-purse';
import { PoisonedPurse } from './poisoned-purse';
import { type Amounts, noAmounts, TraceBooks } from './trace-books';
import type { TraceQuestion } from './trace-question';
import { withinReach } from './within-reach';

type Purses = readonly [Purse, Purse, Purse, Purse];

/**
 * Plays a ledger once, all four methods together, and writes down where the asked-about money is.
 *
 * Forward it plays the payments in their order. Backward it first plays them forward for what every account holds and what nobody saw arrive,
 * and then takes those movements back, the last one first. Taking back is the same game with payer and payee exchanged: undone, FIFO is FIFO,
 * LIFO is LIFO, and a mixture gives back of each arrival what it had of it. So each unit goes back the way that it came in the forward replay.
 */
export class Replay {
  readonly books = new TraceBooks();
  readonly barriers: readonly (Barrier | undefined)[];
  readonly degrees: Int32Array;
  /** Payments before the window's end. */
  readonly replayed: number;
  readonly #ledger: Ledger;
  readonly #question: TraceQuestion;
  readonly #backward: boolean;
  readonly #purses: (Purses | undefined)[];
  #balances: bigint[];
  #drawn: ReadonlyMap<number, bigint> = new Map();
  /** Accounts all of whose money is the asked-about money from here on. */
  readonly #wholly = new Set<number>();
  readonly #starts: ReadonlySet<number>;
  #reach: Uint8Array = new Uint8Array(0);

  constructor(ledger: Ledger, question: TraceQuestion) {
    this.#ledger = ledger;
    this.#question = question;
    this.#backward = question.direction === 'backward';
    this.replayed = paymentsBefore(ledger, question.untilMs);
    this.degrees = degreesOf(ledger, this.replayed);
    this.barriers = barriersOf(ledger, question, this.degrees);
    this.#purses = new Array(ledger.accounts.length);
    this.#balances = new Array(ledger.accounts.length).fill(0n);
    const asked = new Set(question.from.flatMap((start) => (start.kind === 'transaction' ? [start.transaction] : [])));
    const starts = new Set<number>();
    if (asked.size > 0)
      ledger.payments.forEach(({ id }, i) => {
        if (asked.has(id)) starts.add(i);
      });
    this.#starts = starts;
  }

  run(): void {
    const { times } = this.#ledger;
    const end = this.replayed;
    const claims = [...claimsOf(this.#ledger, this.#question)];
    this.#reach = withinReach(this.#ledger, this.#question, { end, barriers: this.barriers, starts: this.#starts, claims });
    if (this.#backward) {
      const { balances, drawn } = balancesBefore(this.#ledger, end, this.#reach);
      this.#balances = balances;
      this.#drawn = drawn;
      for (let i = end - 1; i >= 0; i--) {
        const atMs = times[i] as number;
        while (claims[0] && atMs < claims[0].atMs) this.#claim(claims.shift() as AccountClaim);
        this.#pay(i, false);
      }
    } else {
      for (let i = 0; i < end; i++) {
        const atMs = times[i] as number;
        while (claims[0] && atMs >= claims[0].atMs) this.#claim(claims.shift() as AccountClaim);
        this.#pay(i, false);
      }
    }
    for (const claim of claims) this.#claim(claim);
    // What is spent after the window is not followed, and is named.
    this.#wholly.clear();
    if (!this.#backward) for (let i = end; i < times.length; i++) this.#pay(i, true);
  }

  /** Traced money in an account at the end of the replay. */
  heldIn(account: number): Amounts {
    const purses = this.#purses[account];
    const balance = this.#balances[account] as bigint;
    return purses ? (purses.map((purse) => purse.held(balance)) as Amounts) : noAmounts();
  }

  #pay(i: number, later: boolean): void {
    const payer = this.#ledger.payers[i] as number;
    const payee = this.#ledger.payees[i] as number;
    const [from, to] = this.#backward ? [payee, payer] : [payer, payee];
    const starts = this.#starts.has(i) && !later;
    if (this.#reach[from] === 0 && this.#reach[to] === 0 && !starts) return;
    const { amountMinor: amount, atMs } = this.#ledger.payments[i] as Ledger['payments'][number];
    const load = this.#spend(i, from, amount, { starts, later });
    if (load) this.#carry(i, to, load);
    if (this.#reach[to] === 0) return;
    // Backward, what the payer had drawn on its opening balance ends there.
    const unseen = this.#backward ? (this.#drawn.get(i) ?? 0n) : 0n;
    if (unseen > 0n && (load || this.#purses[to])) this.books.draw(to, unseen);
    if (load) this.#receive(to, amount, unseen, load, atMs);
    else if (this.#purses[to]) this.#receiveUntraced(to, amount, unseen, atMs);
    this.#balances[to] = (this.#balances[to] as bigint) + amount - unseen;
  }

  /** Takes a payment out of its payer, stops what is not followed, and gives what it carries; undefined where none of it is traced. */
  #spend(i: number, from: number, amount: bigint, { starts, later }: { starts: boolean; later: boolean }): Load | undefined {
    const within = this.#reach[from] !== 0;
    const balance = within ? (this.#balances[from] as bigint) : 0n;
    const drawn = within && amount > balance ? amount - balance : 0n;
    if (within) this.#balances[from] = balance - amount + drawn;
    if (drawn > 0n && !later) this.books.draw(from, drawn);
    const purses = this.#purses[from];
    if (!purses && !starts) return undefined;
    const payment = this.#ledger.payments[i] as Ledger['payments'][number];
    const load: Load = [[], [], [], []];
    const wholly = this.#wholly.has(from);
    let cut: Cut | undefined;
    for (let m = 0; m < 4; m++) {
      let lots = purses ? purses[m as 0].take(amount, balance) : [];
      if (drawn > 0n) lots = this.#withDrawn(lots, m, from, drawn, wholly, payment.atMs);
      if (starts) lots = this.#started(lots, m, from, amount, payment.atMs);
      else if (lots.some(isTraced)) {
        cut ??= cutOf(payment, this.#question, later);
        lots = followed(lots, m, cut, (lot, reason) => this.books.prune(from, reason, m, lot.amount, { hop: lot.hop, payment: i, later }));
      }
      load[m as 0] = lots;
    }
    // Where none of it is left there is nothing to keep apart.
    if (purses && !wholly && purses.every((purse) => purse.held(balance) === 0n)) this.#purses[from] = undefined;
    return carries(load) ? load : undefined;
  }

  #withDrawn(lots: readonly Lot[], m: number, from: number, drawn: bigint, wholly: boolean, atMs: number): readonly Lot[] {
    if (!wholly) return isOrdered(m) ? [...lots, untraced(drawn)] : lots;
    this.books.source(from, m, drawn);
    this.books.unseen(from, m, drawn);
    const fresh = { amount: drawn, hop: 0, sinceMs: this.#clock(atMs) };
    // A poisoned purse has already spent the whole payment; what is drawn is its newest drop.
    if (m === POISON && lots[0]) return [{ ...fresh, amount: lots[0].amount }];
    return [...lots, fresh];
  }

  /** A payment that the question starts from is the money, whole; what of it was traced before is not counted as a source again. */
  #started(lots: readonly Lot[], m: number, from: number, amount: bigint, atMs: number): readonly Lot[] {
    this.books.source(from, m, amount - tracedAmount(lots));
    return [{ amount, hop: 0, sinceMs: this.#clock(atMs) }];
  }

  #carry(i: number, to: number, load: Load): void {
    const payment = this.#ledger.payments[i] as Ledger['payments'][number];
    const amounts = load.map(tracedAmount) as Amounts;
    const hop = leastHop(load) + 1;
    this.books.edges.push({ payment: i, hop, amounts });
    const barrier = this.barriers[to];
    this.books.arrive(barrier === 'outside' ? this.books.sinks : this.books.reached, to, amounts, hop, payment.atMs);
    if (barrier !== undefined && barrier !== 'outside')
      amounts.forEach((amount, m) => {
        if (amount > 0n) this.books.prune(to, barrier, m, amount, { hop, payment: i, later: false });
      });
  }

  #receive(to: number, amount: bigint, unseen: bigint, load: Load, atMs: number): void {
    const purses = this.#purse(to);
    const wholly = this.#wholly.has(to);
    const sinceMs = this.#clock(atMs);
    for (let m = 0; m < 4; m++) {
      let lots: readonly Lot[] = load[m as 0].map((lot) => (isTraced(lot) ? { amount: lot.amount, hop: lot.hop + 1, sinceMs } : lot));
      if (isOrdered(m) && lots.length === 0) lots = [untraced(amount)];
      if (unseen > 0n) {
        const { left, ends } = withoutDrawn(lots, m, amount, unseen);
        if (ends > 0n) this.books.unseen(to, m, ends);
        lots = left;
      }
      const fresh = wholly ? amount - tracedAmount(lots) : 0n;
      if (fresh > 0n) {
        this.books.source(to, m, fresh);
        lots = allTraced(lots, m, fresh, sinceMs);
      }
      purses[m as 0].put(lots);
    }
  }

  #receiveUntraced(to: number, amount: bigint, unseen: bigint, atMs: number): void {
    if (this.#wholly.has(to)) {
      this.#receive(to, amount, unseen, [[], [], [], []], atMs);
      return;
    }
    const [fifo, lifo] = this.#purses[to] as Purses;
    const lots = [untraced(amount - unseen)];
    fifo.put(lots);
    lifo.put(lots);
  }

  #claim({ account, atMs, amount, wholly }: AccountClaim): void {
    const barrier = this.barriers[account];
    if (barrier !== undefined) {
      if (barrier !== 'outside') this.books.prune(account, barrier, FIFO, 0n, { hop: 0, payment: -1, later: false });
      return;
    }
    const balance = this.#balances[account] as bigint;
    const purses = this.#purse(account);
    // Backward, what still lies in the account has not been spent, so no limit says how long it may rest.
    const sinceMs = this.#backward ? Number.NaN : this.#clock(atMs);
    const missing = amount === null || amount <= balance ? 0n : amount - balance;
    // The newest money is at the end that is put in, unless the books are being taken back: then it is the next to go.
    const fifoEnd = this.#backward ? 'next' : 'last';
    for (let m = 0; m < 4; m++) {
      const asked = amount === null || amount > balance ? balance : amount;
      const claimed = purses[m as 0].claim(asked, balance, m === FIFO ? fifoEnd : 'last', 0, sinceMs);
      this.books.source(account, m, claimed + missing);
      if (missing === 0n) continue;
      this.books.unseen(account, m, missing);
      if (!this.#backward) purses[m as 0].put([{ amount: missing, hop: 0, sinceMs }]);
    }
    if (missing > 0n) this.books.draw(account, missing);
    if (missing > 0n && !this.#backward) this.#balances[account] = balance + missing;
    if (wholly) this.#wholly.add(account);
  }

  #purse(account: number): Purses {
    const balance = this.#balances[account] as bigint;
    this.#purses[account] ??= [new OrderedPurse('fifo', balance), new OrderedPurse('lifo', balance), new MixedPurse(), new PoisonedPurse()];
    return this.#purses[account] as Purses;
  }

  /** Arrival times are told apart only where somebody asks how long money rested. */
  #clock(atMs: number): number {
    return this.#question.waitLimitMs === null ? 0 : atMs;
  }
}

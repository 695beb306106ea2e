import type { LedgerPayment } from '../ledger';
import type { TraceQuestion } from '../trace-question';

/** One indivisible unit of money and every payment it made, with where it lay before. */
type Unit = { readonly way: { readonly payment: number; readonly cameMs: number | null }[]; cameMs: number | null; hop: number | null };

export type UnitFacts = {
  readonly payments: readonly LedgerPayment[];
  readonly outside: ReadonlySet<string>;
  readonly barrier: ReadonlySet<string>;
};
export type UnitAnswer = {
  readonly source: number;
  /** By payment id: units that it carried. */
  readonly carried: Map<string, number>;
  /** By account: units that the trace leaves there. */
  readonly held: Map<string, number>;
  readonly exited: number;
  readonly unknown: number;
};

const count = (map: Map<string, number>, key: string, by = 1) => map.set(key, (map.get(key) ?? 0) + by);

/** Spends units one by one: the first that came, or the last. What is missing comes out of nowhere at that moment. */
class UnitPurses {
  readonly #purses = new Map<string, Unit[]>();
  readonly #order: 'fifo' | 'lifo';
  readonly #outside: ReadonlySet<string>;

  constructor(order: 'fifo' | 'lifo', outside: ReadonlySet<string>) {
    this.#order = order;
    this.#outside = outside;
  }

  of(account: string): Unit[] {
    const purse = this.#purses.get(account) ?? [];
    this.#purses.set(account, purse);
    return purse;
  }

  all(): IterableIterator<[string, Unit[]]> {
    return this.#purses.entries();
  }

  move({ payer, payee, amountMinor, atMs }: LedgerPayment, payment: number, spend: (units: readonly Unit[]) => void): void {
    const purse = this.of(payer);
    const spent: Unit[] = [];
    for (let n = 0n; n < amountMinor; n++) {
      const unit = this.#outside.has(payer) ? undefined : this.#order === 'fifo' ? purse.shift() : purse.pop();
      spent.push(unit ?? { way: [], cameMs: null, hop: null });
    }
    spend(spent);
    for (const unit of spent) {
      unit.way.push({ payment, cameMs: unit.cameMs });
      unit.cameMs = atMs;
      if (!this.#outside.has(payee)) this.of(payee).push(unit);
    }
  }
}

function stopsWhole(payment: LedgerPayment, question: TraceQuestion): boolean {
  if (question.sinceMs !== null && payment.atMs < question.sinceMs) return true;
  if (payment.amountMinor < question.minAmountMinor) return true;
  return question.businessTypes.length > 0 && !question.businessTypes.includes(payment.businessType);
}
const tooLong = (question: TraceQuestion, ms: number) => question.waitLimitMs !== null && ms > question.waitLimitMs;

/** A trace forward, unit by unit. Starts are one payment, or everything of one account from the window's beginning on. */
export function forwardByUnits(facts: UnitFacts, question: TraceQuestion, order: 'fifo' | 'lifo'): UnitAnswer {
  const { payments, outside, barrier } = facts;
  const [start] = question.from;
  const purses = new UnitPurses(order, outside);
  const carried = new Map<string, number>();
  const held = new Map<string, number>();
  let [source, exited] = [0, 0];
  const whole = start?.kind === 'account' && !outside.has(start.account) && !barrier.has(start.account) ? start.account : null;
  let begun = false;
  const claim = (unit: Unit) => {
    if (unit.hop === null) source++;
    unit.hop ??= 0;
  };
  payments.forEach((payment, i) => {
    if (question.untilMs !== null && payment.atMs >= question.untilMs) return;
    if (whole !== null && !begun && (question.sinceMs === null || payment.atMs >= question.sinceMs)) {
      begun = true;
      // What already lies there has lain since the question begins, as far as the trace is concerned.
      for (const unit of purses.of(whole)) {
        claim(unit);
        unit.cameMs = question.sinceMs;
      }
    }
    purses.move(payment, i, (units) => {
      for (const unit of units) {
        if (begun && payment.payer === whole && unit.hop === null) {
          claim(unit);
          unit.cameMs = payment.atMs;
        }
        if (start?.kind === 'transaction' && start.transaction === payment.id) {
          claim(unit);
          unit.hop = 0;
        } else if (unit.hop !== null) {
          const stop =
            stopsWhole(payment, question) || unit.hop >= question.hops || tooLong(question, payment.atMs - (unit.cameMs as number));
          if (stop) {
            count(held, payment.payer);
            unit.hop = null;
          }
        }
        if (unit.hop === null) continue;
        unit.hop++;
        count(carried, payment.id);
        if (outside.has(payment.payee)) exited++;
        else if (barrier.has(payment.payee)) {
          count(held, payment.payee);
          unit.hop = null;
        }
      }
    });
    if (begun && payment.payee === whole) for (const unit of purses.of(whole)) claim(unit);
  });
  if (whole !== null && !begun) for (const unit of purses.of(whole)) claim(unit);
  for (const [account, units] of purses.all()) for (const unit of units) if (unit.hop !== null) count(held, account);
  return { source, carried, held, exited, unknown: 0 };
}

/** A trace backward: the ledger is played forward, and the ways of the asked-about units are read from their end. */
export function backwardByUnits(facts: UnitFacts, question: TraceQuestion, order: 'fifo' | 'lifo'): UnitAnswer {
  const { payments, outside, barrier } = facts;
  const [start] = question.from;
  const purses = new UnitPurses(order, outside);
  let asked: { way: Unit['way']; account: string; restsMs: number | null }[] = [];
  payments.forEach((payment, i) => {
    if (question.untilMs !== null && payment.atMs >= question.untilMs) return;
    const isStart = start?.kind === 'transaction' && start.transaction === payment.id;
    let units: readonly Unit[] = [];
    purses.move(payment, i, (spent) => {
      units = spent;
    });
    if (isStart) asked = units.map(({ way }) => ({ way: [...way], account: payment.payee, restsMs: null }));
  });
  if (start?.kind === 'account')
    asked = purses.of(start.account).map((unit) => ({ way: [...unit.way], account: start.account, restsMs: null }));
  const carried = new Map<string, number>();
  const held = new Map<string, number>();
  let [exited, unknown] = [0, 0];
  for (const { way, account } of asked) {
    let place = account;
    let spentMs: number | null = null;
    let hop = 0;
    for (const [back, step] of [...way].reverse().entries()) {
      const payment = payments[step.payment] as LedgerPayment;
      const first = start?.kind === 'transaction' && back === 0;
      const stop =
        !first &&
        (stopsWhole(payment, question) || hop >= question.hops || (spentMs !== null && tooLong(question, spentMs - payment.atMs)));
      if (stop) {
        count(held, place);
        place = '';
        break;
      }
      hop++;
      count(carried, payment.id);
      place = payment.payer;
      spentMs = payment.atMs;
      if (outside.has(place)) exited++;
      else if (barrier.has(place)) count(held, place);
      else continue;
      place = '';
      break;
    }
    if (place !== '') unknown++;
  }
  return { source: asked.length, carried, held, exited, unknown };
}

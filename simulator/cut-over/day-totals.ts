import type { BusinessType } from '@/domain/clearing/transaction';
import { businessDate, businessTime } from '../business-time';
import { DAY_SECONDS, ZONE_SECONDS } from '../calendar';
import type { Law } from '../law';
import type { Payment } from '../payment';
import type { SimulatedDebit } from './bank-debits';
import type { Stances } from './stances';

type Totals = { clearedCount: number; clearedMinor: number; directCount: number; directMinor: number };
type Cell = { readonly institution: number; readonly bank: number; readonly businessType: BusinessType };

/** What the two sides of every cell know of one day, each from its own books. */
export class DayTotals {
  readonly #law: Law;
  readonly #sides = { bank: new Map<string, Totals>(), institution: new Map<string, Totals>() };

  constructor(law: Law) {
    this.#law = law;
  }

  addDebit(debit: SimulatedDebit): void {
    if (debit.omitted === 'everywhere') return;
    add(this.#sides.bank, debit, debit.cleared, debit.amountMinor);
  }

  /** The institution's own view: what it sent through clearing, and directly where it admits so. */
  addPayment(payment: Payment): void {
    const institution = payment.intermediary ?? payment.payee;
    const succeeded = payment.status === 'succeeded' || payment.resolution?.status === 'succeeded';
    if (!succeeded || this.#law.institutions[payment.payer]?.kind !== 'bank' || this.#law.institutions[institution]?.kind !== 'payment')
      return;
    const cell = { institution, bank: payment.payer, businessType: payment.businessType };
    add(this.#sides.institution, cell, payment.route === 'cleared', payment.amountMinor);
  }

  cells(): Iterable<string> {
    return [...this.#sides.bank.keys(), ...this.#sides.institution.keys()];
  }

  /** The day's declarations of these cells, by the institution that sends them; whoever is silent sends none. */
  declarations(input: { day: number; cells: Iterable<string>; stances: Stances; nowMs: number }): Map<number, string[]> {
    const { day, stances, nowMs } = input;
    const out = new Map<number, string[]>();
    const over = (day + 1) * DAY_SECONDS - ZONE_SECONDS;
    for (const key of input.cells) {
      const cell = cellOf(key);
      for (const side of ['bank', 'institution'] as const) {
        const sender = cell[side];
        if (stances.silent.has(sender)) continue;
        // Between half past midnight and two, each sender at its own minute.
        const declaredMs = Math.min((over + 1_800 + (sender % 90) * 60) * 1000, Math.max(nowMs, over * 1000));
        const line = this.#line({ cell, side, day, declaredMs, totals: this.#sides[side].get(key) ?? NOTHING });
        const lines = out.get(sender);
        if (lines) lines.push(line);
        else out.set(sender, [line]);
      }
    }
    return out;
  }

  #line(input: { cell: Cell; side: 'bank' | 'institution'; day: number; declaredMs: number; totals: Totals }): string {
    const { cell, day, declaredMs, totals } = input;
    const code = (index: number) => this.#law.institutions[index]?.code as string;
    const [institution, bank] = [code(cell.institution), code(cell.bank)];
    return (
      `{"messageId":"DAY-${businessDate(day)}-${institution}-${bank}-${cell.businessType}","institution":"${institution}","bank":"${bank}"` +
      `,"businessType":"${cell.businessType}","currency":"CNY","day":"${businessDate(day)}"` +
      `,"clearedCount":${totals.clearedCount},"clearedMinor":"${totals.clearedMinor}"` +
      `,"directCount":${totals.directCount},"directMinor":"${totals.directMinor}"` +
      `,"directInterface":"${totals.directCount > 0 ? 'open' : 'closed'}","declaredAt":"${businessTime(declaredMs)}"}`
    );
  }
}

const NOTHING: Totals = { clearedCount: 0, clearedMinor: 0, directCount: 0, directMinor: 0 };

function add(side: Map<string, Totals>, { institution, bank, businessType }: Cell, cleared: boolean, minor: number): void {
  const key = `${institution} ${bank} ${businessType}`;
  const totals = side.get(key) ?? { ...NOTHING };
  side.set(key, totals);
  totals[cleared ? 'clearedCount' : 'directCount'] += 1;
  totals[cleared ? 'clearedMinor' : 'directMinor'] += minor;
}

function cellOf(key: string): Cell {
  const [institution, bank, businessType] = key.split(' ');
  return { institution: Number(institution), bank: Number(bank), businessType: businessType as BusinessType };
}

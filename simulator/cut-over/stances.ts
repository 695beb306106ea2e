import type { BusinessType } from '@/domain/clearing/transaction';
import type { Law } from '../law';

/** A payment institution that still debits a bank directly and tells nobody; only the bank's report shows it. Indexes into the country's list. */
export type HiddenPair = {
  readonly institution: number;
  readonly bank: number;
  readonly businessType: BusinessType;
  /** Mean debits a day. */
  readonly perDay: number;
  /** The last business day of it; absent where it goes on. */
  readonly untilDay: number | undefined;
};

/** Who behaves how about the cut-over: the planted truth behind what is reported. */
export type Stances = {
  readonly hidden: readonly HiddenPair[];
  /** Banks that leave out a share of their debits, and declare no more than they report. */
  readonly omittingBanks: ReadonlyMap<number, number>;
  /** Banks that declare all they did but report only a share of it one by one. */
  readonly incompleteBanks: ReadonlyMap<number, number>;
  /** Banks that declare nothing, and institutions that declare nothing. */
  readonly silent: ReadonlySet<number>;
  /** Payments of `front` that its banks know as `behind`'s. */
  readonly nested: { readonly front: number; readonly behind: number; readonly share: number };
};

// By rank within the kind, biggest first; days are counted back from the day on which the history was begun.
const HIDDEN: readonly (readonly [payment: number, bank: number, type: BusinessType, perDay: number, endedDaysAgo: number | undefined])[] =
  [
    [0, 3, 'entrusted', 46, undefined],
    [0, 17, 'agreement', 18, 9],
    [1, 5, 'agreement', 31, undefined],
    [1, 0, 'entrusted', 12, 5],
    [3, 1, 'agreement', 22, undefined],
    [4, 8, 'gateway', 9, undefined],
    [6, 2, 'entrusted', 14, 11],
    [9, 4, 'agreement', 7, undefined],
    [14, 0, 'agreement', 5, 3],
  ];

/** The stances of a country; `day` is the business day that "days ago" is counted from. */
export function stancesOf(law: Law, day: number): Stances {
  const bank = (rank: number) => law.firstBank + rank;
  const payment = (rank: number) => law.firstPayment + rank;
  return {
    hidden: HIDDEN.map(([p, b, businessType, perDay, endedDaysAgo]) => ({
      institution: payment(p),
      bank: bank(b),
      businessType,
      perDay,
      untilDay: endedDaysAgo === undefined ? undefined : day - endedDaysAgo,
    })),
    omittingBanks: new Map([
      [bank(7), 0.22],
      [bank(21), 0.4],
    ]),
    incompleteBanks: new Map([[bank(11), 0.05]]),
    silent: new Set([bank(13), bank(30), payment(5), payment(12)]),
    nested: { front: payment(2), behind: payment(60), share: 0.035 },
  };
}

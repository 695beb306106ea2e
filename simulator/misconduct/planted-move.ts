import type { BusinessType } from '@/domain/clearing/transaction';
import type { Merchant } from '../population';
import type { Random } from '../random';

/** An account, by its institution's place in the country's list. */
export type Holder = { readonly index: number; readonly account: string };

/** One payment of a scheme; `moment` runs from 0 to 1 over the scheme's time. */
export type PlantedMove = {
  readonly moment: number;
  readonly payer: Holder;
  readonly payee: Holder;
  readonly amountMinor: number;
  readonly businessType: Exclude<BusinessType, 'refund'>;
  readonly barcodeTier?: 'A' | 'B' | 'C' | 'D';
  readonly merchant?: Merchant;
  readonly terminalId?: string;
  /** What an account did before, so that something can be unlike it: no part of the pattern itself. */
  readonly ordinary?: boolean;
};

/** What a scheme draws its people and amounts from. */
export type Draw = {
  readonly random: Random;
  /** A bank account of somebody who hardly ever pays: what is borrowed or bought for such things. */
  readonly mule: () => Holder;
  readonly mules: (count: number) => readonly Holder[];
  /** A person's shop and the account it is paid through; `bank` keeps the person's account where it is given. */
  readonly shopping: (where?: { readonly bank?: number; readonly payment?: number }) => {
    readonly payer: Holder;
    readonly payee: Holder;
    readonly merchant: Merchant;
  };
  /** A person's account at a payment institution and at its bank. */
  readonly wallet: (payment: number) => { readonly wallet: Holder; readonly own: Holder };
};

export type Scheme = {
  /** The typology or statistic that should find it. */
  readonly kind: string;
  /** How long it takes, in minutes: an ordinary one, and where it can, a quick one. */
  readonly minutes: number;
  readonly quickMinutes?: number;
  /** The hour of the business day at which it begins, where that matters. */
  readonly hour?: number;
  moves(draw: Draw): readonly PlantedMove[];
};

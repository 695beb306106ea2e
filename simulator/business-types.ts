import type { BusinessType } from '@/domain/clearing/transaction';

export type TypeLaw = {
  readonly type: Exclude<BusinessType, 'refund'>;
  /** Share of all payments but refunds. */
  readonly share: number;
  /** Median ticket in fen, and the standard deviation of its logarithm. */
  readonly medianMinor: number;
  readonly sigma: number;
  /** Against the ordinary share of business declines. */
  readonly declineFactor: number;
  /** Out of 1,000 payments, how many are of a company. */
  readonly companyPermille: number;
  readonly channels: readonly string[];
};

export const TYPE_LAWS: readonly TypeLaw[] = [
  {
    type: 'agreement',
    share: 0.462,
    medianMinor: 6_800,
    sigma: 1.25,
    declineFactor: 1,
    companyPermille: 4,
    channels: ['app', 'app', 'mini'],
  },
  { type: 'barcode', share: 0.252, medianMinor: 2_300, sigma: 1.05, declineFactor: 0.5, companyPermille: 0, channels: ['qr'] },
  { type: 'gateway', share: 0.05, medianMinor: 32_000, sigma: 1.3, declineFactor: 1.7, companyPermille: 90, channels: ['web'] },
  {
    type: 'authenticated',
    share: 0.035,
    medianMinor: 18_000,
    sigma: 1.2,
    declineFactor: 1.5,
    companyPermille: 10,
    channels: ['web', 'app'],
  },
  { type: 'entrusted', share: 0.045, medianMinor: 13_000, sigma: 1, declineFactor: 3.2, companyPermille: 15, channels: ['batch'] },
  { type: 'payout', share: 0.056, medianMinor: 62_000, sigma: 1.2, declineFactor: 0.35, companyPermille: 60, channels: ['api', 'batch'] },
  { type: 'withdrawal', share: 0.06, medianMinor: 42_000, sigma: 1.5, declineFactor: 0.4, companyPermille: 20, channels: ['app'] },
  {
    type: 'transfer',
    share: 0.036,
    medianMinor: 160_000,
    sigma: 1.4,
    declineFactor: 0.8,
    companyPermille: 260,
    channels: ['app', 'web', 'counter'],
  },
  { type: 'other', share: 0.004, medianMinor: 1_500, sigma: 0.8, declineFactor: 1, companyPermille: 0, channels: ['api'] },
];

/** Refunds come on top: so many of all payments are given back, in whole or in part. */
export const REFUND_SHARE = 0.016;

/** Upper bound of one payment under each barcode tier, in fen (A is by agreement). */
export const BARCODE_CAP_MINOR = { A: 5_000_000, B: 500_000, C: 100_000, D: 50_000 } as const;

/** No single payment of the country is larger, in fen. */
export const PAYMENT_MAX_MINOR = 5_000_000_000;

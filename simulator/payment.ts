import type { BusinessType, Route } from '@/domain/clearing/transaction';

export type PaymentStatus = 'succeeded' | 'declined' | 'failed' | 'unknown';

/** One simulated payment, as the clearing institution sees it. Institutions are indexes into the country's list; times are epoch ms. */
export type Payment = {
  readonly id: string;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly channel: string;
  /** As first reported. */
  readonly status: PaymentStatus;
  readonly systemCode: string;
  readonly businessCode: string | undefined;
  readonly payer: number;
  readonly payerAccount: string;
  readonly intermediary: number | undefined;
  readonly payee: number;
  readonly payeeAccount: string;
  readonly amountMinor: number;
  readonly initiatedMs: number;
  readonly acceptedMs: number;
  /** Absent while unknown. */
  readonly respondedMs: number | undefined;
  /** When the clearing institution reports it. */
  readonly reportedMs: number;
  /** What an unknown payment turns out to be, and when; absent where nobody ever finds out. */
  readonly resolution: { readonly status: 'succeeded' | 'failed'; readonly atMs: number } | undefined;
  /** Times spent at the payer's side, at the payee's side, and on the four hops between. */
  readonly payerMs: number;
  readonly payeeMs: number;
  readonly hopMs: number;
  readonly endToEndId: string | undefined;
  readonly uetr: string | undefined;
  readonly agreementNo: string | undefined;
  readonly merchantId: string | undefined;
  readonly terminalId: string | undefined;
  readonly merchantCategory: string | undefined;
  readonly barcodeTier: 'A' | 'B' | 'C' | 'D' | undefined;
  readonly originalId: string | undefined;
  /** 32 random bits that later decisions about this payment start from. */
  readonly salt: number;
};

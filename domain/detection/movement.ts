/**
 * One payment as the detectors see it. Detection compares, counts and measures; it never adds up money that is shown, so the amount here is
 * a magnitude in major units of its own currency, as stated, exact to some fifteen digits.
 */
export type Movement = {
  /** The platform's transaction id: what alerts name. */
  readonly id: string;
  readonly atMs: number;
  /** Any string that names one account for ever: a pseudonym, or institution and number. */
  readonly payer: string;
  readonly payee: string;
  readonly payerInstitution: string;
  readonly payeeInstitution: string;
  readonly amount: number;
  readonly currency: string;
  readonly channel: MovementChannel;
  /** Where a card or code was read, and whose shop that is; absent where the feed does not say. */
  readonly terminal?: string;
  readonly merchant?: string;
};

export const MOVEMENT_CHANNELS = ['other', 'payment', 'transfer', 'deposit', 'withdrawal'] as const;
export type MovementChannel = (typeof MOVEMENT_CHANNELS)[number];

/** The channel a file or feed names, in whatever case; what is not known is `other`. */
export function channelNamed(name: string): MovementChannel {
  const lower = name.toLowerCase();
  return MOVEMENT_CHANNELS.find((channel) => channel === lower) ?? 'other';
}

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/**
 * Silence: the lines answer and the traffic is gone. With λ payments expected in a quiet spell, P(0) = e^(−λ); silence is claimed below
 * 10⁻⁶ (docs/decisions/0060). λ is taken at half of what the same minute of the week brought, and less where the whole platform is
 * quieter than then: a holiday is not silence, and traffic that halved is not gone.
 */
export const SILENCE_LAMBDA = -Math.log(1e-6);
/** Share of the baseline that is relied on. */
export const BASELINE_SHARE = 0.5;
/** Below so many payments an hour at this minute of the week, nothing is claimed: the baseline itself is mostly chance. */
export const LEAST_PER_HOUR = 60;
/** Longer quiet adds nothing: its baseline would be of other hours. */
export const QUIET_MAX_MS = 2 * 3_600_000;

export type QuietSpell = { readonly quietMs: number; readonly expected: number };

export function isSilent({ expected }: QuietSpell): boolean {
  return expected > SILENCE_LAMBDA;
}

/** The quiet since an institution's last payment and what was to be expected in it; null where nothing can be claimed. */
export function quietSpell(of: {
  readonly nowMs: number;
  readonly lastPaymentMs: number | null;
  readonly perHour: number | null;
}): QuietSpell | null {
  if (of.lastPaymentMs === null || of.perHour === null || of.perHour < LEAST_PER_HOUR) return null;
  const quietMs = Math.min(QUIET_MAX_MS, Math.max(0, of.nowMs - of.lastPaymentMs));
  return { quietMs, expected: (quietMs * of.perHour * BASELINE_SHARE) / 3_600_000 };
}

/**
 * Payments an hour at a minute of the week, from the whole hours around it a week before: each hour's count stands at its middle, and
 * between two middles the line is straight. Never more than either hour brought by itself. Null where an hour is missing.
 */
export function perHourAt(
  minuteOfHour: number,
  hours: { readonly before: number | null; readonly at: number | null; readonly after: number | null },
): number | null {
  const [first, second, share] =
    minuteOfHour < 30 ? [hours.before, hours.at, (minuteOfHour + 30) / 60] : [hours.at, hours.after, (minuteOfHour - 30) / 60];
  if (first === null || second === null || hours.at === null) return null;
  return Math.min(first + (second - first) * share, hours.at);
}

/** `platformShare`: the whole platform's present traffic over what it was at the same minute of that week; null where that is not known. */
export type WeekBefore = { readonly perHour: number | null; readonly platformShare: number | null };

/**
 * Payments an hour to be expected now: the least that any known week says, each scaled down by how much quieter the whole platform is
 * than it was then. One busy week makes nobody silent the week after, and a holiday makes nobody silent at all.
 */
export function expectedPerHour(weeks: readonly WeekBefore[]): number | null {
  const known = weeks.flatMap(({ perHour, platformShare }) =>
    perHour === null ? [] : [perHour * Math.min(1, Math.max(0, platformShare ?? 1))],
  );
  return known.length === 0 ? null : Math.min(...known);
}

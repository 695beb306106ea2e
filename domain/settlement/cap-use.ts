import { ratioPpm } from '../money';

/** What stands against a cap: the net debit, never less than nothing. */
export function netDebit(netMinor: bigint): bigint {
  return netMinor < 0n ? -netMinor : 0n;
}

/** max(0, −NP) ÷ cap in parts per million; null without a cap. */
export function capUsePpm(netMinor: bigint, capMinor: bigint | null): number | null {
  return capMinor === null ? null : ratioPpm(netDebit(netMinor), capMinor);
}

/**
 * Minutes until the cap is reached at the present pace: (cap − net debit) ÷ net outflow a minute, rounded down. 0 where it is reached.
 * Null without a cap, and where nothing flows out net: then it is never reached at this pace.
 */
export function headroomMinutes(input: {
  readonly netMinor: bigint;
  readonly capMinor: bigint | null;
  /** Net outflow (out − in) over the last `paceMinutes`. */
  readonly recentOutflowMinor: bigint;
  readonly paceMinutes: number;
}): number | null {
  const { netMinor, capMinor, recentOutflowMinor, paceMinutes } = input;
  if (capMinor === null) return null;
  // What it is to receive stands before the cap is touched at all.
  const available = capMinor + netMinor;
  if (available <= 0n) return 0;
  if (recentOutflowMinor <= 0n) return null;
  const minutes = (available * BigInt(paceMinutes)) / recentOutflowMinor;
  return minutes > 1_000_000n ? 1_000_000 : Number(minutes);
}

export type MinuteFlow = { readonly minute: number; readonly inMinor: bigint; readonly outMinor: bigint };
export type IntradayPeak = { readonly netDebitMinor: bigint; readonly minute: number | null };

/** The largest net debit at the end of any minute of the session, and when; `flows` in any order. */
export function intradayPeak(flows: readonly MinuteFlow[]): IntradayPeak {
  let net = 0n;
  let peak: IntradayPeak = { netDebitMinor: 0n, minute: null };
  for (const { minute, inMinor, outMinor } of [...flows].sort((a, b) => a.minute - b.minute)) {
    net += inMinor - outMinor;
    if (netDebit(net) > peak.netDebitMinor) peak = { netDebitMinor: netDebit(net), minute };
  }
  return peak;
}

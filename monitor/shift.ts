import type { Logger } from 'pino';
import type { MonitorMetrics } from './metrics';
import type { Wake } from './wake';

/** What every part of the active monitor's work shares, from taking the lock until the first part ends. */
export type Shift = {
  readonly log: Logger;
  readonly metrics: MonitorMetrics;
  readonly wake: Wake;
  /** Aborted when another part of the work ended: sleeps end at once. */
  readonly ended: AbortSignal;
  /** Whether to begin nothing more: the monitor stops, or another part ended. */
  readonly over: () => boolean;
};

/** Pauses after faults in a row. */
const BACK_OFF_MS = [250, 500, 1_000, 2_000, 5_000, 10_000];

export function backOffMs(failures: number): number {
  return BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] as number;
}

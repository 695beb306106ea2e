import { statusClass } from '@/domain/clearing/rollup';
import type { Consumer } from '../consumer';
import { type Followed, freshSinceMs } from '../follow';

export type Counts = { succeeded: number; declined: number; failed: number; unknown: number };

const WINDOW_MS = 5_000;

/** Measures what passed through lately: for the pulse, and for nothing that must be exact. */
export class PulseMeter {
  #received: { atMs: number; payments: number }[] = [];
  #counts: Counts = zero();
  #lagMs = 0;
  /** When an institution's state last changed. */
  connectivityAtMs: number | null = null;

  /** Counts fresh payments by what became of them, as chunks are committed. */
  readonly consumer: Consumer = {
    name: 'pulse',
    open: ({ nowMs }) => {
      const counts = zero();
      return {
        payment: ({ acceptedAtMs }, status) => {
          if (acceptedAtMs >= freshSinceMs(nowMs)) counts[statusClass(status)] += 1;
        },
        committed: () => {
          for (const name of Object.keys(counts) as (keyof Counts)[]) this.#counts[name] += counts[name];
        },
      };
    },
  };

  followed(chunk: Followed, nowMs: number): void {
    this.#received.push(...chunk.received);
    if (chunk.oldestReceivedAtMs !== null) this.#lagMs = Math.max(this.#lagMs, nowMs - chunk.oldestReceivedAtMs);
  }

  /**
   * Payments a second as they were received over the last five seconds. While rows wait, the window ends at the newest one that was read;
   * else a second ago, so that what is still on its way does not look like a dip.
   */
  paymentsPerSecond(nowMs: number, behind: boolean): number {
    const newest = this.#received.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
    const to = behind ? Math.min(newest, nowMs) : nowMs - 1_000;
    this.#received = this.#received.filter(({ atMs }) => atMs > to - WINDOW_MS);
    const payments = this.#received.filter(({ atMs }) => atMs <= to).reduce((sum, one) => sum + one.payments, 0);
    return payments / (WINDOW_MS / 1_000);
  }

  /** Counts and longest lag since the last call. */
  take(): Counts & { lagMs: number } {
    const taken = { ...this.#counts, lagMs: this.#lagMs };
    this.#counts = zero();
    this.#lagMs = 0;
    return taken;
  }
}

function zero(): Counts {
  return { succeeded: 0, declined: 0, failed: 0, unknown: 0 };
}

import type { Followed } from './follow';

/** An import or a back-fill brings so many rows at once. */
const BULK_ROWS = 20_000;
/** It is over when no such chunk came for so long. */
const OVER_AFTER_MS = 3_000;

/** Whether rows arrive in bulk just now: then what can wait makes room for what brings them in. */
export class Rush {
  #lastMs = Number.NEGATIVE_INFINITY;

  after({ rows }: Pick<Followed, 'rows'>, nowMs: number): void {
    if (rows >= BULK_ROWS) this.#lastMs = nowMs;
  }

  on(nowMs: number): boolean {
    return nowMs - this.#lastMs < OVER_AFTER_MS;
  }
}

import type { Followed } from './follow';

/** So long a follower waits for rows that a batch acknowledges; the reconciliation reports what comes later still. */
const WAITED_MS = 15_000;

/** For how long rows that batches acknowledge have not been there. */
export class MissingRows {
  #sinceMs: number | null = null;

  after(chunk: Pick<Followed, 'missing' | 'batches'>, begunMs: number): void {
    this.#sinceMs = chunk.missing === 0 || chunk.batches > 0 ? null : (this.#sinceMs ?? begunMs);
  }

  waitedEnough(nowMs: number): boolean {
    return this.#sinceMs !== null && nowMs - this.#sinceMs > WAITED_MS;
  }
}

/** Sleeps that can be cut short: by news, unless the sleeper is deaf to it, and always by `close`. */
export class Wake {
  readonly #sleepers = new Set<{ end: () => void; deaf: boolean }>();
  #closed = false;

  /** Resolves after `ms` (at once where it is not positive), or when woken. */
  sleep(ms: number, { deaf = false, signal }: { deaf?: boolean; signal?: AbortSignal } = {}): Promise<void> {
    if (ms <= 0 || this.#closed || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const sleeper = { end, deaf };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
      this.#sleepers.add(sleeper);
    });
  }

  /** There is news. */
  now(): void {
    for (const { end, deaf } of [...this.#sleepers]) if (!deaf) end();
  }

  /** Wakes everybody; later sleeps end at once. */
  close(): void {
    this.#closed = true;
    for (const { end } of [...this.#sleepers]) end();
  }
}

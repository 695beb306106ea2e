import 'server-only';
import { backOffMs } from '@/domain/session-rules';

type Standing = { readonly failedAttempts: number; readonly nextAttemptAt: Date | null };

const NAMES_MAX = 10_000;

/**
 * Names that nobody has wait like those of people, or the wait itself would tell which names exist. They are counted in memory only,
 * the longest untouched forgotten first: whoever makes up names must not fill a table.
 */
export class StrangerNames {
  readonly #names = new Map<string, Standing>();

  get(login: string): Standing | undefined {
    return this.#names.get(login);
  }

  /** Returns how long the name must wait now. */
  countFailure(login: string, now: Date): number {
    const failedAttempts = (this.#names.get(login)?.failedAttempts ?? 0) + 1;
    const waitMs = backOffMs(failedAttempts);
    this.#names.delete(login);
    this.#names.set(login, { failedAttempts, nextAttemptAt: waitMs > 0 ? new Date(now.getTime() + waitMs) : null });
    for (const longest of this.#names.keys()) {
      if (this.#names.size <= NAMES_MAX) break;
      this.#names.delete(longest);
    }
    return waitMs;
  }
}

/** Asked of any connection; answers one row {spread}. */
export const ASKS_FOR_CITUS = "select exists (select 1 from pg_extension where extname = 'citus') as spread";
const ASK_AGAIN_MS = 60_000;

/**
 * Whether the feed's tables are spread over the servers of a cluster. Once they are they stay so; before, anybody may spread them while
 * this process runs, so it is asked again each minute.
 */
export class Spread<Asked> {
  readonly #ask: (asked: Asked) => Promise<{ readonly spread: boolean } | undefined>;
  #overServers = false;
  #askAgainAt = Number.NEGATIVE_INFINITY;

  constructor(ask: (asked: Asked) => Promise<{ readonly spread: boolean } | undefined>) {
    this.#ask = ask;
  }

  async overServers(asked: Asked): Promise<boolean> {
    if (this.#overServers || performance.now() < this.#askAgainAt) return this.#overServers;
    this.#overServers = (await this.#ask(asked))?.spread === true;
    this.#askAgainAt = performance.now() + ASK_AGAIN_MS;
    return this.#overServers;
  }
}

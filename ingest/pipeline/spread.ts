import type pg from 'pg';

const ASK_AGAIN_MS = 60_000;

/** Whether the tables are spread over several servers. Once they are they stay so; before, anybody may spread them while the gateway runs. */
export class Spread {
  #overServers = false;
  #askAgainAt = Number.NEGATIVE_INFINITY;

  async overServers(client: pg.ClientBase): Promise<boolean> {
    if (this.#overServers || performance.now() < this.#askAgainAt) return this.#overServers;
    const { rows } = await client.query<{ spread: boolean }>("select exists (select from pg_extension where extname = 'citus') as spread");
    this.#overServers = rows[0]?.spread === true;
    this.#askAgainAt = performance.now() + ASK_AGAIN_MS;
    return this.#overServers;
  }
}

import type pg from 'pg';

/** Whether the tables are spread over several servers. That does not change while the gateway runs. */
export class Spread {
  #overServers: boolean | undefined;

  async overServers(client: pg.ClientBase): Promise<boolean> {
    if (this.#overServers === undefined) {
      const { rows } = await client.query<{ spread: boolean }>(
        "select exists (select from pg_extension where extname = 'citus') as spread",
      );
      this.#overServers = rows[0]?.spread === true;
    }
    return this.#overServers;
  }
}

import pg from 'pg';
import { distribute } from '../commands/distribution/distribute';

/** Spreads a migrated database over the workers (`host:port`) of a Citus cluster, as `headwater db distribute` does. */
export async function spreadDatabase(coordinator: URL, workers: readonly string[]): Promise<{ drop: () => Promise<void> }> {
  const database = coordinator.pathname.slice(1);
  const onWorkers = async (name: string, statement: string) => {
    for (const worker of workers) {
      const url = new URL(coordinator);
      url.host = worker;
      url.pathname = `/${name}`;
      await connected(url.href, (client) => client.query(statement));
    }
  };
  await onWorkers('postgres', `create database ${database}`);
  await onWorkers(database, 'create extension citus');
  await connected(coordinator.href, async (client) => {
    await client.query('create extension citus');
    await client.query('select citus_set_coordinator_host($1, $2)', [coordinator.hostname, Number(coordinator.port)]);
    for (const worker of workers) {
      const { hostname, port } = new URL(`node://${worker}`);
      await client.query('select citus_add_node($1, $2)', [hostname, Number(port)]);
    }
    const plan = await distribute(client, () => {});
    if (plan.kind === 'refused') throw new Error(plan.detail);
  });
  return { drop: () => onWorkers('postgres', `drop database if exists ${database} with (force)`) };
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { spreadDatabase } from './spread-database';

/**
 * A migrated, empty database of one test file's own; drop it in `afterAll`. On a cluster (scripts/with-citus.mjs) it is spread over its
 * workers, unless the test is of a database that is not.
 */
export async function freshDatabase({ spread = true } = {}): Promise<{ url: string; pool: pg.Pool; drop: () => Promise<void> }> {
  const server = inject('databaseServer');
  const name = `headwater_test_${randomBytes(6).toString('hex')}`;
  await admin(server, `create database ${name} template ${inject('databaseTemplate')}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const workers = process.env.HEADWATER_TEST_CITUS_WORKERS?.split(',');
  const cluster = spread && workers ? await spreadDatabase(url, workers) : null;
  const pool = new pg.Pool({ connectionString: url.href, max: 8 });
  // A dropped database ends its connections; that is no fault of the test.
  pool.on('error', () => {});
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.end();
      await admin(server, `drop database if exists ${name} with (force)`);
      await cluster?.drop();
    },
  };
}

/** Somebody else copies the same template; the server itself (an autovacuum worker) is in the database and may not be ended by us. */
const BUSY = new Set(['55006', '42501']);

async function admin(server: string, statement: string, attempts = 50): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } catch (error) {
    if (attempts === 0 || !BUSY.has((error as { code?: string }).code ?? '')) throw error;
    await client.query('select pg_sleep(0.1)');
    return await admin(server, statement, attempts - 1);
  } finally {
    await client.end();
  }
}

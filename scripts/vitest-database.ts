import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPg } from './embedded-postgres.mjs';
import { migrate } from './migrate.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string;
    databaseTemplate: string;
  }
}

/** One PostgreSQL for the whole run (DATABASE_URL's server, or the embedded one) with a migrated template that tests copy. */
export default async function setup(project: TestProject) {
  const embedded = process.env.DATABASE_URL ? null : await startEmbeddedPg({ home: path.resolve('.data/test') });
  const server = process.env.DATABASE_URL ?? (embedded?.url as string);
  const template = `headwater_template_${process.pid}`;
  await run(server, `drop database if exists ${template}`, `create database ${template}`);
  const url = new URL(server);
  url.pathname = `/${template}`;
  await migrate(url.href);
  project.provide('databaseServer', server);
  project.provide('databaseTemplate', template);
  return async () => {
    await run(server, `drop database if exists ${template} with (force)`);
    if (embedded && !embedded.adopted) embedded.stop();
  };
}

async function run(server: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import * as z from 'zod';
import { Failure } from './failure';

// The start script leaves this beside the data while it runs.
const RunFile = z.object({
  databaseUrl: z.string().optional(),
  gatewayUrl: z.string().optional(),
  receiptKey: z.string().optional(),
});

export type Installation = {
  /** The project's folder. */
  readonly home: string;
  /** Where keys and the embedded database are kept. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly gatewayUrl: string;
  /** What the platform signs with. */
  readonly receiptKey?: string | undefined;
};

/** Where this installation is: the environment first, then what the start script wrote, then defaults. */
export function installation(environment: Readonly<Record<string, string | undefined>> = process.env): Installation {
  const home = path.resolve(environment.HEADWATER_HOME ?? '.');
  const dataFolder = path.resolve(environment.HEADWATER_DATA ?? path.join(home, '.data'));
  const running = readRunFile(path.join(dataFolder, 'run.json'));
  return {
    home,
    dataFolder,
    databaseUrl: environment.DATABASE_URL ?? running.databaseUrl,
    gatewayUrl: environment.HEADWATER_GATEWAY_URL ?? running.gatewayUrl ?? 'http://127.0.0.1:7070',
    receiptKey: environment.HEADWATER_RECEIPT_KEY ?? running.receiptKey,
  };
}

function readRunFile(file: string): z.infer<typeof RunFile> {
  try {
    return RunFile.catch({}).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Runs `work` on one database connection of its own. */
export async function withDatabase<T>(here: Installation, work: (client: pg.Client) => Promise<T>): Promise<T> {
  if (!here.databaseUrl) {
    throw new Failure('No database is known: set DATABASE_URL, or start Headwater first (npm start).');
  }
  const client = new pg.Client({ connectionString: here.databaseUrl, application_name: 'headwater-cli' });
  // A connection that the server ends is reported by the query that finds it gone.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Failure(`The database does not answer at ${new URL(here.databaseUrl).host}: ${messageOf(error)}`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

// Node gathers refused connections to several addresses in an error without a message of its own.
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((each: Error) => each.message).join('; ');
  return error instanceof Error ? error.message : String(error);
}

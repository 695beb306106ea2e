import fs from 'node:fs';
import * as z from 'zod';
import { configureEndpoints, EndpointEntry } from '@/server/commands/connectivity/configure-endpoints';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

/** Adds or corrects the endpoints that the prober reaches, from a JSON file: a list of entries (docs/connectivity.md). */
export async function importEndpoints(here: Installation, file: string): Promise<ExitCode> {
  const entries = z.array(EndpointEntry).min(1).safeParse(read(file));
  if (!entries.success) {
    const faults = entries.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Failure(`${file} cannot be used: ${faults.join('; ')}.`);
  }
  const done = await withDatabase(here, (client) => configureEndpoints(client, entries.data));
  if (done.kind === 'refused') throw new Failure(`No institution is registered as ${done.unknown.join(', ')}; nothing was changed.`);
  process.stdout.write(`${done.count} endpoints are as the file says\n`);
  return EXIT.done;
}

function read(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

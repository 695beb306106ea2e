import type { ClientBase } from 'pg';
import { backOffMs, type Shift } from './shift';

/**
 * Does again and again what the live figures do not depend on, resting as long as `once` says, in ms. What the database refuses is tried
 * again by itself; only a connection that is gone ends the shift, by throwing.
 */
export async function besides(
  { log, metrics, wake, ended, over }: Shift,
  what: string,
  client: ClientBase,
  once: () => Promise<number>,
): Promise<void> {
  for (let failures = 0; !over(); ) {
    let restMs: number;
    try {
      restMs = await once();
      failures = 0;
    } catch (error) {
      if (over()) return;
      if (!isRefusal(error)) throw error;
      await client.query('rollback');
      metrics.faults.inc();
      log.error({ err: error }, `${what} were interrupted; trying again`);
      restMs = backOffMs(failures++);
    }
    if (restMs > 0) await wake.sleep(restMs, { deaf: true, signal: ended });
  }
}

/** Whether the database answered, and stays there to be asked again: SQLSTATE of any class but a connection's and an operator's ending. */
function isRefusal(error: unknown): boolean {
  return /^(?!08|57)[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '');
}

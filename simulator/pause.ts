import { setTimeout as wait } from 'node:timers/promises';

/** Waits, or less where the run ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}

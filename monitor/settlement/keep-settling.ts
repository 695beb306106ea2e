import type pg from 'pg';
import { besides } from '../besides';
import type { Shift } from '../shift';
import { settleOnce } from './settle';

const EVERY_MS = 2_000;
/** A round that took long is followed by so many times its length of rest, so that the figures never wait for it. */
const REST = 5;

/** Sessions, finality, breaks and what the settlement agent says, for as long as the shift lasts. */
export async function keepSettling(shift: Shift, client: pg.Client): Promise<void> {
  const compared = new Map<string, string>();
  await besides(shift, 'settlement checks', client, async () => {
    const begun = Date.now();
    await settleOnce(client, begun, compared);
    const tookMs = Date.now() - begun;
    return Math.max(EVERY_MS - tookMs, tookMs * REST);
  });
}

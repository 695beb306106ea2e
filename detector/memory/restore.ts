import type { ClientBase } from 'pg';
import { Engine } from '../engine';
import { batchesBetween } from '../feed/batches';
import { movedPayments } from '../feed/moved-payments';
import { readPosition } from '../feed/position';
import { chunksAfter } from './chunk-log';
import type { Standing } from './rebuild';
import { latestSnapshot } from './snapshot';

/**
 * The state at the end of the last chunk that was committed: the newest snapshot, and after it the very same chunks again. Nothing is
 * written, since each chunk's findings were committed with it. Undefined where that cannot be: no snapshot, or stored rows that are not what
 * they were (payments that a retention removed, say); the past is then to be gone through anew.
 */
export async function restore(client: ClientBase): Promise<(Standing & { readonly chunks: number }) | undefined> {
  const snapshot = await latestSnapshot(client);
  if (!snapshot) return undefined;
  const engine = new Engine(snapshot.saved.rules, snapshot.saved);
  let { place } = snapshot;
  const chunks = await chunksAfter(client, place);
  for (const { seq, end, movements } of chunks) {
    if (seq !== place.seq + 1) return undefined;
    const { payments } = await movedPayments(client, await batchesBetween(client, place.position, end), end);
    if (payments.length !== movements) return undefined;
    engine.take(payments);
    place = { ...place, seq, position: end };
  }
  // Batches without payments move the place on and leave no chunk; what lies between holds nothing to be taken.
  const position = await readPosition(client);
  if (BigInt(position.xid) < BigInt(place.position.xid)) return undefined;
  return { engine, place: { ...place, position }, chunks: chunks.length };
}

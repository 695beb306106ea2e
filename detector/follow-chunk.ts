import type { ClientBase } from 'pg';
import { HOUR_MS } from '@/domain/detection/movement';
import { nextBatches } from './feed/batches';
import { movedPayments } from './feed/moved-payments';
import { movePosition } from './feed/position';
import { logChunk } from './memory/chunk-log';
import type { Standing } from './memory/rebuild';
import type { Place } from './memory/snapshot';
import { rulesHash } from './rules/rule-store';
import { writeFindings } from './write-findings';

/** Places where the process may die; tests kill it there. */
export type FaultPoint = 'payments read' | 'findings made' | 'findings written' | 'place moved' | 'committed';

export type Followed =
  | { readonly kind: 'nothing' }
  /** Acknowledged rows are not there yet: look again. */
  | { readonly kind: 'missing'; readonly missing: number }
  /** So much of the past was brought in that the state is to be made anew; nothing was taken. */
  | { readonly kind: 'history'; readonly late: number }
  | {
      readonly kind: 'taken';
      readonly place: Place;
      readonly movements: number;
      readonly alerts: number;
      readonly faults: number;
      readonly more: boolean;
      readonly oldestReceivedAtMs: number;
    };

const ROWS_MAX = 20_000;
/** A payment so much before the newest is of the past; a chunk with so many of them is history, not lateness. */
const PAST_MS = HOUR_MS;
const HISTORY_FROM = 500;

/**
 * Takes the next chunk of the feed: its payments in the order of time through the engine, what they came to and the new place written in one
 * transaction. Where it throws, the engine may be ahead of what is stored and must be restored.
 */
export async function followChunk(
  client: ClientBase,
  { engine, place }: Standing,
  {
    acceptMissing = false,
    at = () => {},
  }: { acceptMissing?: boolean; at?: ((point: FaultPoint) => void | Promise<void>) | undefined } = {},
): Promise<Followed> {
  await client.query('begin isolation level repeatable read read only');
  let read: Awaited<ReturnType<typeof nextPayments>>;
  try {
    // Fresh partitions have no statistics yet; the indexes on batch_id are always right for a chunk.
    await client.query('set local enable_seqscan = off; set local jit = off');
    read = await nextPayments(client, place);
  } finally {
    await client.query('rollback');
  }
  if (!read) return { kind: 'nothing' };
  const { batches, payments, missing, more } = read;
  await at('payments read');
  if (missing > 0 && !acceptMissing) return { kind: 'missing', missing };
  const late = payments.filter(({ acceptedAtMs }) => acceptedAtMs < engine.detection.nowMs - PAST_MS).length;
  if (late >= HISTORY_FROM) return { kind: 'history', late };
  const last = batches.at(-1) as (typeof batches)[number];
  const position = { xid: last.xid, batchId: last.id };
  const findings = engine.take(payments);
  await at('findings made');
  const moved: Place = { ...place, seq: payments.length > 0 ? place.seq + 1 : place.seq, position };
  // People write to alerts meanwhile: this transaction waits for a row and sees what they did, where a repeatable read would be refused.
  await client.query('begin');
  try {
    await client.query('set local jit = off');
    await writeFindings(client, findings, { counting: 'more', atMs: Math.max(0, engine.detection.nowMs) });
    await at('findings written');
    if (payments.length > 0) await logChunk(client, moved, payments.length, rulesHash(engine.rules));
    await movePosition(client, place.position, position, payments.at(-1)?.acceptedAtMs ?? null);
    await at('place moved');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
  await at('committed');
  return {
    kind: 'taken',
    place: moved,
    movements: payments.length,
    alerts: findings.alerts.size + findings.hits.size,
    faults: findings.faults.length,
    more,
    oldestReceivedAtMs: Math.min(...batches.map(({ receivedAtMs }) => receivedAtMs)),
  };
}

async function nextPayments(client: ClientBase, place: Place) {
  const { batches, more } = await nextBatches(client, place.position, ROWS_MAX);
  const last = batches.at(-1);
  if (!last) return undefined;
  return { batches, more, ...(await movedPayments(client, batches, { xid: last.xid, batchId: last.id })) };
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflate, inflate } from 'node:zlib';
import type { ClientBase } from 'pg';
import { SHIPPED_MODELS } from '@/domain/detection/score/shipped-models';
import { ENGINE_SETTINGS, type SavedEngine } from '../engine';
import type { Position } from '../feed/position';

/** Where an engine's state stands: after the chunk `seq` of a generation, whose last batch is `position`. */
export type Place = { readonly seq: number; readonly generation: number; readonly position: Position };

const PART_BYTES = 4 * 1024 * 1024;
const KEPT = 2;
const pack = promisify<Buffer, object, Buffer>(deflate);
const unpack = promisify<Buffer, Buffer>(inflate);

/** A state is of use only to the detectors that made it: what they are set to is part of its name. */
const FORMAT = `1 ${createHash('sha256')
  .update(
    JSON.stringify([
      ENGINE_SETTINGS.typologies,
      ENGINE_SETTINGS.graph,
      ENGINE_SETTINGS.alerts,
      SHIPPED_MODELS.arrival.version,
      SHIPPED_MODELS.settled.version,
    ]),
  )
  .digest('hex')
  .slice(0, 16)}`;

/** The state as bytes: what {@link storeSnapshot} writes. The state itself may move on meanwhile. */
export async function packed(saved: SavedEngine): Promise<Buffer> {
  return pack(serialize(saved), { level: 1 });
}

/** Stores a snapshot, and lets go of older ones and of the log of chunks that they needed. The client must be in a transaction. */
export async function storeSnapshot(client: ClientBase, { seq, generation, position }: Place, bytes: Buffer): Promise<void> {
  const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  await client.query('delete from detection_snapshot where seq = $1', [seq]);
  await client.query(
    `insert into detection_snapshot (seq, generation, xid, batch_id, format, byte_length, parts)
     values ($1, $2, $3::xid8, $4, $5, $6, $7)`,
    [seq, generation, position.xid, position.batchId, FORMAT, bytes.length, parts],
  );
  for (let part = 0; part < parts; part++)
    await client.query('insert into detection_snapshot_part (seq, part, bytes) values ($1, $2, $3)', [
      seq,
      part,
      bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
    ]);
  await client.query('delete from detection_snapshot where seq not in (select seq from detection_snapshot order by seq desc limit $1)', [
    KEPT,
  ]);
  await client.query('delete from detection_chunk where seq <= (select min(seq) from detection_snapshot)');
}

/** The newest state that these detectors can go on from; undefined where there is none. */
export async function latestSnapshot(client: ClientBase): Promise<{ readonly place: Place; readonly saved: SavedEngine } | undefined> {
  const { rows } = await client.query<{ seq: string; generation: number; xid: string; batchId: string; bytes: string; parts: number }>(
    `select seq::text as seq, generation, xid::text as xid, batch_id::text as "batchId", byte_length::text as bytes, parts
     from detection_snapshot
     where format = $1
     order by detection_snapshot.seq desc
     limit 1`,
    [FORMAT],
  );
  const [found] = rows;
  if (!found) return undefined;
  const parts: Buffer[] = [];
  for (let part = 0; part < found.parts; part++) {
    const read = await client.query<{ bytes: Buffer }>('select bytes from detection_snapshot_part where seq = $1 and part = $2', [
      found.seq,
      part,
    ]);
    const [row] = read.rows;
    if (!row) return undefined;
    parts.push(row.bytes);
  }
  const whole = Buffer.concat(parts);
  if (whole.length !== Number(found.bytes)) return undefined;
  return {
    place: { seq: Number(found.seq), generation: found.generation, position: { xid: found.xid, batchId: found.batchId } },
    saved: deserialize(await unpack(whole)) as SavedEngine,
  };
}

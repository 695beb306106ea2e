import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Signer } from '@/server/evidence/signing';
import { verifyAuditLog } from '@/server/evidence/verify-audit-log';
import { freshDatabase } from '@/server/testing/fresh-database';
import { Anchor, anchorFile } from './anchor';
import { MeddledTree, type SequencePoint, sequenceOnce } from './sequence-once';

const signer = new Signer(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
const now = new Date('2026-11-23T00:00:00Z');

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.PoolClient;
beforeAll(async () => {
  db = await freshDatabase({ spread: false });
  client = await db.pool.connect();
  for (const table of ['audit_event', 'audit_leaf', 'audit_node', 'audit_checkpoint'])
    await client.query(`alter table ${table} disable trigger user`);
});
afterAll(async () => {
  client.release();
  await db.drop();
});
beforeEach(async () => {
  await client.query('truncate audit_event, audit_leaf, audit_node, audit_checkpoint cascade');
});

const write = async (by: pg.ClientBase | pg.Pool, subject: string) =>
  await by.query(`insert into audit_event (at, action, subject_type, subject_id) values ($1, 'seen', 'payment', $2)`, [now, subject]);
const sequence = (at?: (point: SequencePoint) => void) => sequenceOnce(client, { signer, now, ...(at ? { at } : {}) });
/** Until the tree is of that size: other databases of the server have transactions, too, and rows wait for the oldest. */
async function sealed(size: number): Promise<void> {
  while ((await sequence()).size < size);
}
const findings = async () => (await verifyAuditLog(client, { fingerprint: signer.published.fingerprint })).findings;
async function subjects(): Promise<string[]> {
  const { rows } = await client.query(
    'select e.subject_id from audit_leaf l join audit_event e on e.id = l.event_id order by l.leaf_index',
  );
  return rows.map((row) => row.subject_id);
}

describe('the sequencer of the audit log', () => {
  test('numbers a row that began first and commits last, and passes none over', async () => {
    const slow = new pg.Client({ connectionString: db.url });
    await slow.connect();
    try {
      await slow.query('begin');
      await write(slow, 'slow');
      await write(db.pool, 'quick');
      expect(await sequence()).toMatchObject({ rows: 0 });
      await slow.query('commit');
      await sealed(2);
      expect(await subjects()).toEqual(['slow', 'quick']);
      expect(await findings()).toEqual([]);
    } finally {
      await slow.end();
    }
  });

  test('leaves no gap where transactions were rolled back, and signs nothing where there is no news', async () => {
    await write(db.pool, 'one');
    const gone = await db.pool.connect();
    await gone.query('begin');
    await write(gone, 'gone');
    await gone.query('rollback');
    gone.release();
    await write(db.pool, 'two');
    await sealed(2);
    const signed = (await client.query('select from audit_checkpoint')).rowCount;
    expect(await sequence()).toMatchObject({ rows: 0, size: 2 });
    const { rows } = await client.query('select leaf_index::int as n from audit_leaf order by 1');
    expect(rows.map(({ n }) => n)).toEqual([0, 1]);
    expect((await client.query('select from audit_checkpoint')).rowCount).toBe(signed);
  });

  test.each<SequencePoint>(['rows read', 'leaves written', 'checkpoint written', 'committed'])(
    'killed at “%s” it goes on where it stood, and the tree is whole',
    async (point) => {
      for (let n = 0; n < 5; n++) await write(db.pool, `before ${n}`);
      await sealed(5);
      for (let n = 0; n < 5; n++) await write(db.pool, `after ${n}`);
      let isKilled = false;
      while (!isKilled)
        await sequence((here) => {
          if (here === point) throw new Error('killed');
        }).catch((error: Error) => {
          isKilled = error.message === 'killed';
        });
      await sealed(10);
      expect(await subjects()).toHaveLength(10);
      expect(await findings()).toEqual([]);
    },
  );

  test('with many writers at once every row is in the tree once', async () => {
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; n < 25; n++) await write(db.pool, `${writer}-${n}`);
    });
    const sequencing = (async () => {
      for (let seen = 0; seen < 150; ) seen += (await sequence()).rows;
    })();
    await Promise.all([...writers, sequencing]);
    expect(new Set(await subjects()).size).toBe(150);
    expect(await findings()).toEqual([]);
  });

  test('adds nothing to a tree that was meddled with', async () => {
    for (let n = 0; n < 3; n++) await write(db.pool, `${n}`);
    await sealed(3);
    await write(db.pool, 'more');
    await client.query('update audit_leaf set leaf_hash = sha256(leaf_hash) where leaf_index = 2');
    await expect(sequence()).rejects.toThrow(MeddledTree);
    await client.query('delete from audit_leaf where leaf_index = 2');
    await expect(sequence()).rejects.toThrow(MeddledTree);
  });

  test('keeps outside the database what was signed, also what it missed, and mends a line that was cut short', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-anchor-'));
    try {
      await write(db.pool, 'one');
      await sealed(1);
      await write(db.pool, 'two');
      await sealed(2);
      await new Anchor(folder).catchUp(client);
      const { rows } = await client.query('select id::text as id from audit_tree');
      const file = anchorFile(folder, rows[0].id);
      fs.appendFileSync(file, '{"checkpoint":');
      await write(db.pool, 'three');
      await sealed(3);
      await new Anchor(folder).catchUp(client);
      const anchor = fs.readFileSync(file, 'utf8').split('\n');
      const verdict = await verifyAuditLog(client, { fingerprint: signer.published.fingerprint, anchor });
      expect(verdict).toMatchObject({ rows: 3, anchored: 3, findings: [] });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Signer } from '@/server/evidence/signing';
import { verifyAuditLog } from '@/server/evidence/verify-audit-log';
import { freshDatabase } from '@/server/testing/fresh-database';
import { monitorMetrics } from '../metrics';
import { Wake } from '../wake';
import { anchorFile } from './anchor';
import { keepSequencing } from './keep-sequencing';

const signer = new Signer(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;
let folder: string;
let file: string;
beforeAll(async () => {
  db = await freshDatabase({ spread: false });
  client = new pg.Client({ connectionString: db.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await db.drop();
});
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-anchor-'));
  file = anchorFile(folder, (await db.pool.query('select id::text as id from audit_tree')).rows[0].id);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Sequences until `isDone`; answers how many faults were said. */
async function kept(isDone: (faults: number) => boolean): Promise<void> {
  const [metrics, ended, deadline] = [monitorMetrics(), new AbortController(), Date.now() + 10_000];
  let faults = 0;
  metrics.faults.inc = () => {
    faults++;
  };
  const over = () => isDone(faults) || Date.now() > deadline;
  const shift = { log: pino({ level: 'silent' }), metrics, wake: new Wake(), ended: ended.signal, over };
  await keepSequencing(shift, client, { signer, anchors: folder });
  expect(isDone(faults)).toBe(true);
}
const write = () => db.pool.query(`insert into audit_event (action, subject_type, subject_id) values ('seen', 'payment', 'one')`);
const isKept = () => fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes('\n');

test('a disk that is full is said and does not end the shift, and the file is caught up with later', async () => {
  await write();
  fs.symlinkSync('/dev/full', file);
  await kept((faults) => faults > 0);
  fs.rmSync(file);
  fs.writeFileSync(file, '{"checkpoint":');
  await kept(isKept);
  const anchor = fs.readFileSync(file, 'utf8').split('\n');
  expect((await verifyAuditLog(client, { fingerprint: signer.published.fingerprint, anchor })).findings).toEqual([]);
});

test('a last line that cannot be read is said, does not end the shift and is not written after', async () => {
  await write();
  fs.writeFileSync(file, 'not a checkpoint\n');
  await kept((faults) => faults > 0);
  expect(fs.readFileSync(file, 'utf8')).toBe('not a checkpoint\n');
});

test('of a long file only the end is read', async () => {
  await write();
  await kept(isKept);
  const line = fs.readFileSync(file);
  fs.truncateSync(file, 0);
  fs.truncateSync(file, 3 * 2 ** 30);
  fs.appendFileSync(file, Buffer.concat([Buffer.from('\n'), line]));
  const before = fs.statSync(file).size;
  await write();
  await kept(() => fs.statSync(file).size > before);
});

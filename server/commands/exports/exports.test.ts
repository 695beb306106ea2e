import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '@/domain/evidence/manifest';
import type { UserId } from '@/domain/ids';
import { sequenceOnce } from '@/monitor/audit/sequence-once';
import { type ExportPoint, type ExportTools, expire, exportOnce } from '@/monitor/exports/export-once';
import { insertOutcomes, insertPayments, inTransaction, payment } from '@/monitor/testing/feed-rows';
import { environment } from '@/server/environment';
import { Signer } from '@/server/evidence/signing';
import { AccountKeys } from '@/server/identity';
import { exportSnapshot } from '@/server/queries/exports/export-snapshot';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { verifyBundle as verifyPlace } from '../../../public/verify-export-bundle.mjs';
import { cancelExport } from './cancel-export';
import { decideExport } from './decide-export';
import { openDownload } from './open-download';
import { type RequestExport, requestExport } from './request-export';

type Outcome = { readonly good: boolean; readonly where: string; readonly en: string; readonly manifest: Manifest };
const verifyBundle = (place: string, fingerprint?: string) => verifyPlace(place, fingerprint) as unknown as Outcome;

const FROM = new Date('2026-11-20T00:00:00Z');
const ROWS = 4_500;
const NUMBER = '6222020200001234567';

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: PoolClient;
let folder: string;
let tools: ExportTools;
let people: Record<'ann' | 'bob' | 'own' | 'foreign', Actor>;

beforeAll(async () => {
  db = await freshDatabase({ spread: false });
  useConsoleDatabase(db.url);
  client = await db.pool.connect();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-export-'));
  const keys = new AccountKeys(environment().HEADWATER_ACCOUNT_KEY);
  tools = {
    signer: new Signer(environment().HEADWATER_RECEIPT_KEY),
    keys,
    verifier: fs.readFileSync('public/verify-export-bundle.mjs'),
    platform: '0.1.0',
  };
  await client.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, 'bank', 'other', '机构' || n, 'I' || n, '机构' || n, '@I' || n from generate_series(1, 4) as n`,
  );
  await insertFeed(ROWS, FROM);
  // Ill will in a field that its sender fills, and a number to be seen in full.
  await client.query(`update clearing_transaction set merchant_id = '=HYPERLINK("http://x")', payer_account = $1 where line_no = 7`, [
    keys.idOf(1, NUMBER),
  ]);
  await client.query(
    `insert into account (id, institution_id, number_cipher, number_masked, number_last4) values ($1, 1, $2, '6222 **** **** 4567', '4567')`,
    [keys.idOf(1, NUMBER), keys.seal(NUMBER)],
  );
  await follow();
  people = {
    ann: await person('ann', null),
    bob: await person('bob', null),
    own: await person('own', 1),
    foreign: await person('foreign', 4),
  };
});
afterAll(async () => {
  const { database } = await import('@/server/database');
  await database().$disconnect();
  client.release();
  await db.drop();
  fs.rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await client.query(
    'delete from export_piece; delete from export_file; delete from export_job; update export_setting set approval_rows = 10000',
  );
});

async function insertFeed(count: number, from: Date, payerId = 1): Promise<void> {
  await inTransaction(db.pool, (tx) =>
    insertPayments(
      tx,
      Array.from({ length: count }, (_, n) =>
        payment({
          acceptedAt: new Date(from.getTime() + Math.floor(n / 3) * 1_000),
          payerId: n % 5 === 0 ? 3 : payerId,
          amountMinor: BigInt(n) + 1n,
          status: n % 11 === 0 ? 'unknown' : 'succeeded',
        }),
      ),
    ),
  );
}

/** Where the monitor's follower stands once it has seen everything. */
async function follow(): Promise<void> {
  await client.query(
    `insert into monitor_watermark (name, xid, batch_id, data_at)
     select 'follow', xid, id, last_accepted_at from feed_batch where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, id desc limit 1
     on conflict (name) do update set xid = excluded.xid, batch_id = excluded.batch_id, data_at = excluded.data_at`,
  );
}

async function person(login: string, institutionId: number | null): Promise<Actor> {
  const { rows } = await client.query(
    `insert into app_user (login, display_name, role, password_hash, institution_id) values ($1, $1, $2, '', $3) returning id`,
    [login, institutionId === null ? 'regulator' : 'institution', institutionId],
  );
  return { ...testActor({ institutionId }), id: rows[0].id as UserId, login, displayName: login };
}

async function question(changes: Partial<RequestExport['filter']> = {}): Promise<RequestExport> {
  const snapshot = await exportSnapshot();
  return {
    kind: 'transactions',
    filter: {
      from: FROM.toISOString(),
      to: '2026-11-21T00:00:00.000Z',
      currency: null,
      payers: [],
      payees: [],
      institutions: [],
      intermediaries: [],
      types: [],
      statuses: [],
      route: null,
      accounts: null,
      keys: null,
      minMinor: null,
      maxMinor: null,
      ...changes,
    },
    masking: 'masked',
    sheets: true,
    language: 'en',
    snapshot: snapshot as NonNullable<typeof snapshot>,
    purpose: 'inspection 2026-17',
  };
}

async function asked(input: RequestExport, actor = people.ann): Promise<string> {
  const outcome = await requestExport(actor, input);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.id;
}

/** Works as the monitor does until nothing is left to do. */
async function work(at?: ExportTools['at']): Promise<void> {
  for (;;) {
    const { kind } = await exportOnce(client, at ? { ...tools, at } : tools);
    if (kind === 'idle') return;
    if (kind === 'waits') await sequenceOnce(client, { signer: tools.signer, now: new Date() });
  }
}

async function downloaded(id: string, actor = people.ann): Promise<string> {
  const opened = await openDownload(actor, { id });
  if (opened.kind === 'refused') throw new Error(String(opened.status));
  const file = path.join(folder, `${randomUUID()}.zip`);
  const parts: Uint8Array[] = [];
  for await (const part of opened.parts()) parts.push(part);
  fs.writeFileSync(file, Buffer.concat(parts));
  expect(fs.statSync(file).size).toBe(opened.bytes);
  return file;
}

const job = async (id: string) => (await client.query('select * from export_job where id = $1', [id])).rows[0];
const content = async (id: string) => JSON.parse((await job(id)).manifest).content;
const audited = async (action: string) =>
  (await client.query('select actor_id, detail from audit_event where action = $1 order by id desc limit 1', [action])).rows[0];

/** The text of one file of the archive, found by its own directory. */
function entry(file: string, name: string): { from: number; to: number; bytes: Buffer } {
  const bytes = fs.readFileSync(file);
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const to = from + bytes.readUInt32LE(at + 18);
    if (bytes.toString('utf8', at + 30, at + 30 + bytes.readUInt16LE(at + 26)) === name)
      return { from, to, bytes: bytes.subarray(from, to) };
    at = to;
  }
  throw new Error(`there is no ${name}`);
}

describe('an export', () => {
  test('holds the rows that were promised, and verifies offline from the archive alone', async () => {
    const id = await asked(await question());
    await work();
    const file = await downloaded(id);
    const outcome = verifyBundle(file, tools.signer.published.fingerprint);
    expect(outcome).toMatchObject({ good: true });
    expect(verifyBundle(file, '0'.repeat(64))).toMatchObject({ good: false, where: 'manifest.sig' });
    const lines = entry(file, 'transactions.ndjson').bytes.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(ROWS);
    expect(outcome.manifest.content.rows).toEqual({ promised: String(ROWS), delivered: String(ROWS) });
    expect(lines.map((line) => JSON.parse(line).acceptedAt)).toEqual(lines.map((line) => JSON.parse(line).acceptedAt).toSorted());
    expect(outcome.manifest.content.files.map(({ name }) => name)).toEqual([
      'verify.mjs',
      'transactions.ndjson',
      'transactions.csv',
      'transactions.xlsx',
    ]);
    expect(await audited('export.downloaded')).toMatchObject({ actor_id: people.ann.id });
    expect(await audited('export.sealed')).toMatchObject({ detail: { manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });

  test('makes no formula of what a sender wrote, and keeps the original as it came', async () => {
    const id = await asked(await question());
    await work();
    const file = await downloaded(id);
    const table = entry(file, 'transactions.csv').bytes.toString();
    expect(table).toContain(`'=HYPERLINK`);
    expect(table).toContain(`'@I1`);
    expect(table).not.toMatch(/[,"\n]=HYPERLINK/);
    expect(entry(file, 'transactions.ndjson').bytes.toString()).toContain('"merchantId":"=HYPERLINK');
    expect(table).toContain('6222 **** **** 4567');
    expect(table).not.toContain(NUMBER);
  });

  test('with one bit changed anywhere is found out, and the file is named', { timeout: 120_000 }, async () => {
    const id = await asked(await question({ maxMinor: '60' }));
    await work();
    const file = await downloaded(id);
    const bytes = fs.readFileSync(file);
    const names = [
      'manifest.json',
      'manifest.sig',
      'audit-proof.json',
      'verify.mjs',
      'transactions.ndjson',
      'transactions.csv',
      'transactions.xlsx',
    ];
    const spans = names.map((name) => ({ name, ...entry(file, name) }));
    const changed = path.join(folder, 'changed.zip');
    const flip = (at: number, bit: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] as number) ^ (1 << bit);
      fs.writeFileSync(changed, copy);
      return verifyBundle(changed);
    };
    for (const { name, from, to } of spans)
      for (let n = 0; n < 60; n++) {
        const at = from + Math.floor(((to - from - 1) * n) / 59);
        const outcome = flip(at, n % 8);
        expect(outcome, `${name} at ${at - from}`).toMatchObject({ good: false });
        // A digest that stands in the manifest speaks of the manifest.
        expect([name, 'manifest.json'], outcome.en).toContain(outcome.where);
      }
    const inside = (at: number) => spans.some(({ from, to }) => at >= from && at < to);
    for (let at = 0; at < bytes.length; at++) if (!inside(at)) expect(flip(at, at % 8), `frame at ${at}`).toMatchObject({ good: false });
    for (const length of [0, 10, bytes.length - 1]) {
      fs.writeFileSync(changed, bytes.subarray(0, length));
      expect(verifyBundle(changed)).toMatchObject({ good: false });
    }
    fs.writeFileSync(changed, Buffer.concat([bytes, Buffer.from([0])]));
    expect(verifyBundle(changed)).toMatchObject({ good: false });
  });

  test('of the same question and snapshot is the same bytes, whatever came and changed since', async () => {
    await insertFeed(60, new Date('2026-11-20T05:00:00Z'), 2);
    await follow();
    const first = await asked(await question({ statuses: ['unknown'] }));
    const input = await question({ statuses: ['unknown'] });
    await work();
    const { rows } = await client.query(`select transaction_key::text as key from clearing_transaction where status = 'unknown' limit 30`);
    await inTransaction(db.pool, (tx) =>
      insertOutcomes(
        tx,
        rows.map(({ key }) => ({ key, to: 'succeeded' as const })),
      ),
    );
    await insertFeed(200, FROM);
    await follow();
    const second = await asked(input);
    await work();
    expect(await content(second)).toEqual(await content(first));
    const later = await asked(await question({ statuses: ['unknown'] }));
    await work();
    expect((await content(later)).rows).not.toEqual((await content(first)).rows);
  });

  test('leaves out a batch that was still being written at its snapshot, although it is numbered lower', async () => {
    const [early, slow] = [await db.pool.connect(), await db.pool.connect()];
    await early.query('begin');
    await early.query('select pg_current_xact_id()');
    // Begins later, and takes its number first.
    await slow.query('begin');
    await insertPayments(slow, [payment({ acceptedAt: new Date('2026-11-20T06:00:00.5Z') })]);
    await insertPayments(early, [payment({ acceptedAt: new Date('2026-11-20T06:00:01Z') })]);
    await early.query('commit');
    await follow();
    const input = await question();
    const before = await requestExport(people.ann, input);
    await slow.query('commit');
    const after = await requestExport(people.ann, input);
    early.release();
    slow.release();
    expect(before).toMatchObject({ kind: 'queued', rows: (after as { rows: bigint }).rows });
    await follow();
    expect(await requestExport(people.ann, await question())).toMatchObject({ rows: (after as { rows: bigint }).rows + 1n });
  });

  const POINTS: readonly ExportPoint[] = ['job taken', 'page written', 'workbook written', 'sealed', 'proven', 'committed'];
  test.each(POINTS)('killed at “%s”, each time it comes there, is never downloadable in part, and whole in the end', async (point) => {
    const whole = await asked(await question());
    await work();
    const id = await asked(await question());
    for (let times = 0; ; times++) {
      let passed = 0;
      let isKilled = false;
      await work((here) => {
        // Each run gets one step further than the last.
        if (here !== point || passed++ < (point === 'committed' ? 0 : times)) return;
        isKilled = true;
        throw new Error('killed');
      }).catch(() => {});
      const { state } = await job(id);
      if (state !== 'ready') expect(await openDownload(people.ann, { id })).toEqual({ kind: 'refused', status: 409 });
      if (!isKilled) break;
    }
    expect(verifyBundle(await downloaded(id))).toMatchObject({ good: true });
    expect(await content(id)).toEqual(await content(whole));
  });

  test('above the threshold, or with full numbers, is written only after another person approved what was asked', async () => {
    await client.query('update export_setting set approval_rows = 100');
    const id = await asked({ ...(await question()), masking: 'open', purpose: 'case 12: full numbers' });
    await work();
    expect(await job(id)).toMatchObject({ state: 'asked', delivered_rows: '0' });
    const seen = (await job(id)).question_digest.toString('hex');
    const decision = { id, approve: true, questionSha256: seen, note: 'as discussed' };
    expect(await decideExport(people.ann, decision)).toEqual({ kind: 'refused', reason: 'same-person' });
    expect(await decideExport(people.bob, { ...decision, questionSha256: '0'.repeat(64) })).toEqual({
      kind: 'refused',
      reason: 'question-differs',
    });
    expect(await decideExport(people.bob, decision)).toEqual({ kind: 'queued' });
    expect(await decideExport(people.bob, decision)).toEqual({ kind: 'refused', reason: 'already-decided' });
    await work();
    const file = await downloaded(id, people.bob);
    expect(verifyBundle(file)).toMatchObject({ good: true, manifest: { release: { approved: { login: 'bob' } } } });
    expect(entry(file, 'transactions.ndjson').bytes.toString()).toContain(NUMBER);
  });

  test('cannot be let through by the same person or without anybody, not even in the database', async () => {
    await client.query('update export_setting set approval_rows = 0');
    const id = await asked(await question());
    await expect(client.query(`update export_job set state = 'queued' where id = $1`, [id])).rejects.toThrow('export_waits_for_approval');
    await expect(
      client.query(`update export_job set decided_by = requested_by, decided_at = now(), decided_digest = question_digest where id = $1`, [
        id,
      ]),
    ).rejects.toThrow('export_takes_two_people');
    await expect(
      client.query(`update export_job set decided_by = $2, decided_at = now(), decided_digest = '\\x00' where id = $1`, [
        id,
        people.bob.id,
      ]),
    ).rejects.toThrow('export_is_what_was_approved');
  });

  test('is neither seen, decided nor taken by another institution’s people, and the attempt is on record', async () => {
    const id = await asked(await question(), people.own);
    await work();
    const lines = entry(await downloaded(id, people.own), 'transactions.ndjson')
      .bytes.toString()
      .trimEnd()
      .split('\n');
    expect(lines.every((line) => [JSON.parse(line).payer, JSON.parse(line).payee].includes('I1'))).toBe(true);
    expect(await openDownload(people.foreign, { id })).toEqual({ kind: 'refused', status: 404 });
    expect(await audited('export.download-refused')).toMatchObject({ actor_id: people.foreign.id, detail: { reason: 'foreign scope' } });
    expect(await openDownload(people.bob, { id })).toEqual({ kind: 'refused', status: 403 });
    await expect(decideExport(people.own, { id, approve: true, questionSha256: '0'.repeat(64), note: 'mine' })).rejects.toThrow(
      'exports:approve',
    );
    await expect(requestExport(people.foreign, { ...(await question()), masking: 'open' })).rejects.toThrow('accounts:reveal');
  });

  test('that is called off leaves nothing behind, and cannot be called off by others or later', async () => {
    const id = await asked(await question());
    await exportOnce(client, tools);
    expect(await cancelExport(people.bob, { id })).toEqual({ kind: 'too-late' });
    expect(await cancelExport(people.ann, { id })).toEqual({ kind: 'cancelled' });
    await work();
    expect((await client.query('select from export_piece')).rowCount).toBe(0);
    expect(await job(id)).toMatchObject({ state: 'cancelled' });
    const done = await asked(await question());
    await work();
    expect(await cancelExport(people.ann, { id: done })).toEqual({ kind: 'too-late' });
  });

  test('whose time is over is gone, and says so', async () => {
    const id = await asked(await question());
    await work();
    await client.query(`update export_job set ready_at = now() - interval '8 days', expires_at = now() - interval '1 day' where id = $1`, [
      id,
    ]);
    expect(await openDownload(people.ann, { id })).toEqual({ kind: 'refused', status: 410 });
    expect(await expire(client)).toBe(1);
    expect((await client.query('select from export_piece')).rowCount).toBe(0);
    expect(await job(id)).toMatchObject({ state: 'expired', manifest: expect.any(String) });
  });

  test('of flows adds up to the payments', async () => {
    const id = await asked({ ...(await question()), kind: 'flows' });
    await work();
    const pairs = entry(await downloaded(id), 'flows.ndjson')
      .bytes.toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { rows } = await client.query(
      `select count(*)::text as count, sum(amount_minor) filter (where status = 'succeeded')::text as minor from clearing_transaction where accepted_at < '2026-11-21'`,
    );
    const sum = (key: string) => pairs.reduce((all, pair) => all + BigInt(pair[key]), 0n);
    expect(String(sum('amountMinor'))).toBe(rows[0].minor);
    expect(String(sum('succeeded') + sum('declined') + sum('failed') + sum('unknown'))).toBe(rows[0].count);
  });

  test('carries its verifier, byte for byte', async () => {
    const id = await asked(await question({ maxMinor: '5' }));
    await work();
    const file = await downloaded(id);
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(entry(file, 'verify.mjs').bytes)).toBe(digest(tools.verifier));
  });
});

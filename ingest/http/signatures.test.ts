import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeKey } from '@/server/commands/feed/revoke-key';
import { type SignedHeaders, signRequest } from '../feed/signature';
import { STALE_AFTER_MS } from '../pipeline/institution-register';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let keyId: string;
let privateKey: string;
beforeAll(async () => {
  running = await runningGateway();
  ({ keyId, privateKey } = await running.key('BANK-A'));
});
afterAll(() => running.end());

let ids = 0;
const line = () => `${text(payment(`sig-${ids++}`))}\n`;

type Changes = {
  readonly created?: number;
  readonly nonce?: string;
  readonly keyId?: string;
  readonly privateKey?: string;
  readonly signedPath?: string;
  readonly headers?: Partial<Record<keyof SignedHeaders, string>>;
};

async function post(
  path: string,
  body: string,
  changes: Changes = {},
  sentBody = body,
): Promise<{ status: number; answer: { reason?: string; detail?: string } }> {
  const signed = signRequest({
    method: 'POST',
    path: changes.signedPath ?? path,
    body: Buffer.from(body),
    batchId: `batch-${ids++}`,
    keyId: changes.keyId ?? keyId,
    privateKey: createPrivateKey(changes.privateKey ?? privateKey),
    ...(changes.created === undefined ? {} : { createdAtSeconds: changes.created }),
    ...(changes.nonce === undefined ? {} : { nonce: changes.nonce }),
  });
  const headers = Object.fromEntries(Object.entries({ ...signed, ...changes.headers }).filter(([, value]) => value !== ''));
  return await new Promise((resolve, reject) => {
    const request = http.request(
      new URL(path, running.url),
      { method: 'POST', headers: headers as Record<string, string> },
      async (response) => {
        let answer = '';
        for await (const part of response) answer += part;
        resolve({ status: response.statusCode ?? 0, answer: JSON.parse(answer) });
      },
    );
    request.on('error', reject);
    request.end(sentBody);
  });
}

const stored = async () => (await running.pool.query('select count(*)::int as n from clearing_transaction')).rows[0].n as number;
const now = () => Math.floor(Date.now() / 1000);

describe('a request is refused with its reason, and nothing of it is kept, when', () => {
  const cases: [string, number, string, (body: string) => Promise<{ status: number; answer: { reason?: string } }>][] = [
    ['it is not signed', 401, 'signature-malformed', (body) => post('/v1/transactions', body, { headers: { signature: '' } })],
    ['it has no batch id', 400, 'batch-id-malformed', (body) => post('/v1/transactions', body, { headers: { 'headwater-batch-id': '' } })],
    ['it has no digest', 400, 'digest-malformed', (body) => post('/v1/transactions', body, { headers: { 'content-digest': 'md5=:x:' } })],
    ['its body is not the signed one', 400, 'digest-mismatch', (body) => post('/v1/transactions', body, {}, line())],
    ['its body is cut short', 400, 'digest-mismatch', (body) => post('/v1/transactions', body, {}, body.slice(0, -2))],
    [
      'its batch id is not the signed one',
      401,
      'signature-invalid',
      (body) => post('/v1/transactions', body, { headers: { 'headwater-batch-id': 'other' } }),
    ],
    ['it was signed for another path', 401, 'signature-invalid', (body) => post('/v1/transactions', body, { signedPath: '/v1/legs' })],
    ['it was signed six minutes ago', 401, 'clock-skew', (body) => post('/v1/transactions', body, { created: now() - 360 })],
    ['it was signed six minutes from now', 401, 'clock-skew', (body) => post('/v1/transactions', body, { created: now() + 360 })],
    ['its key is nobody’s', 401, 'signature-invalid', (body) => post('/v1/transactions', body, { keyId: 'bank-a-000000000000' })],
    [
      'it was signed with somebody else’s key under this key’s name',
      401,
      'signature-invalid',
      async (body) =>
        post('/v1/transactions', body, {
          privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        }),
    ],
    ['its path is unknown', 404, 'no-such-path', (body) => post('/v1/transfers', body)],
  ];
  test.each(cases)('%s', async (_name, status, reason, send) => {
    const before = await stored();
    expect(await send(line())).toMatchObject({ status, answer: { reason } });
    expect(await stored()).toBe(before);
  });

  test('it is a replay, also of a request that was refused', async () => {
    const nonce = 'nonce-of-a-replay';
    const body = line();
    expect((await post('/v1/transactions', body, { nonce })).status).toBe(200);
    expect(await post('/v1/transactions', body, { nonce })).toMatchObject({ status: 401, answer: { reason: 'replayed' } });
  });

  test('its key is revoked, at the latest after the register’s staleness', async () => {
    const key = await running.key('BANK-B');
    const body = () => text(payment(`sig-${ids++}`));
    expect((await post('/v1/transactions', body(), key)).status).toBe(200);
    const revokedAt = Date.now();
    expect(await revokeKey(running.pool, { keyId: key.keyId })).toMatchObject({ kind: 'revoked' });
    await expect
      .poll(() => post('/v1/transactions', body(), key), { timeout: STALE_AFTER_MS + 2_000, interval: 200 })
      .toMatchObject({ status: 401, answer: { reason: 'key-revoked' } });
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
  });

  test('its key has ended', async () => {
    const key = await running.key('BANK-C');
    await running.pool.query("update institution_key set expires_at = now() - interval '1 second' where id = $1", [key.keyId]);
    expect(await post('/v1/transactions', line(), key)).toMatchObject({ status: 401, answer: { reason: 'key-expired' } });
  });

  test('its key is not for this feed', async () => {
    const key = await running.key('PAY-A', ['heartbeats']);
    expect(await post('/v1/transactions', line(), key)).toMatchObject({ status: 403, answer: { reason: 'scope-missing' } });
  });

  test('its institution is suspended', async () => {
    const key = await running.key('BANK-X');
    expect(await post('/v1/transactions', line(), key)).toMatchObject({ status: 403, answer: { reason: 'institution-suspended' } });
  });
});

test('a key that was issued a moment ago is known at once', async () => {
  expect((await post('/v1/transactions', line())).status).toBe(200);
  await running.pool.query(
    "insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en) values ('BANK-NEW', 'bank', 'city', '新', 'New', '新', 'N')",
  );
  const key = await running.key('BANK-NEW');
  const body = text(payment(`sig-${ids++}`, { payer: { institution: 'BANK-NEW', account: '123456789012' } }));
  expect(await post('/v1/transactions', body, key)).toMatchObject({ status: 200, answer: { accepted: 1 } });
});

test('an institution has two live keys at most, and the private key is not in the database', async () => {
  const client = await running.pool.connect();
  try {
    const { createKey } = await import('@/server/commands/feed/create-key');
    expect((await createKey(client, { institution: 'CLEAR' })).kind).toBe('created');
    expect((await createKey(client, { institution: 'CLEAR' })).kind).toBe('created');
    expect(await createKey(client, { institution: 'CLEAR' })).toEqual({ kind: 'refused', reason: 'two-live-keys' });
    expect(await createKey(client, { institution: 'NOBODY' })).toEqual({ kind: 'refused', reason: 'institution-unknown' });
    const audited = await client.query("select count(*)::int as n from audit_event where action = 'key.created' and subject_id = 'CLEAR'");
    expect(audited.rows[0].n).toBe(2);
  } finally {
    client.release();
  }
});

import { createPrivateKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signRequest } from '../feed/signature';
import { BODY_BYTES_MAX } from '../pipeline/read-body';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let key: { keyId: string; privateKey: string };
beforeAll(async () => {
  running = await runningGateway();
  key = await running.key('CLEAR');
});
afterAll(() => running.end());

let batches = 0;
async function post(body: Buffer, encoding = 'gzip') {
  const path = '/v1/transactions';
  const batchId = `gzip-${batches++}`;
  const signed = signRequest({ method: 'POST', path, body, batchId, keyId: key.keyId, privateKey: createPrivateKey(key.privateKey) });
  const answer = await fetch(running.url + path, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { ...signed, 'content-encoding': encoding },
  });
  return { status: answer.status, answer: (await answer.json()) as object };
}

const lines = Buffer.from(Array.from({ length: 3_000 }, (_, i) => `${text(payment(`gzip-${i}`))}\n`).join(''));

test('a compressed body is taken, its digest being of the compressed bytes', async () => {
  expect(await post(gzipSync(lines))).toMatchObject({ status: 200, answer: { accepted: 3_000 } });
});

test('two compressed parts one after the other are one body', async () => {
  const body = Buffer.concat([gzipSync(Buffer.from(`${text(payment('part-1'))}\n`)), gzipSync(Buffer.from(text(payment('part-2'))))]);
  expect(await post(body)).toMatchObject({ status: 200, answer: { accepted: 2 } });
});

test('a body that is cut, is no gzip, or is compressed in an unknown way is refused as a whole', async () => {
  const fresh = gzipSync(Buffer.from(Array.from({ length: 3_000 }, (_, i) => `${text(payment(`cut-${i}`))}\n`).join('')));
  expect(await post(fresh.subarray(0, -100))).toMatchObject({ status: 400, answer: { reason: 'encoding-broken' } });
  expect(await post(lines)).toMatchObject({ status: 400, answer: { reason: 'encoding-broken' } });
  expect(await post(lines, 'br')).toMatchObject({ status: 415, answer: { reason: 'encoding-unknown' } });
  const { rows } = await running.pool.query("select count(*)::int as n from clearing_transaction where transaction_id like 'cut-%'");
  expect(rows[0].n).toBe(0);
});

test('a small body that would become enormous is refused before it has', { timeout: 120_000 }, async () => {
  const bomb = gzipSync(Buffer.alloc(BODY_BYTES_MAX + 1, 'x'), { level: 9 });
  expect(bomb.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage.rss();
  expect(await post(bomb)).toMatchObject({ status: 413, answer: { reason: 'body-too-large' } });
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
});

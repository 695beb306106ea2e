import http from 'node:http';
import os from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
beforeAll(async () => {
  running = await runningGateway({ admission: { workingMax: 2, workingOfOneMax: 1, waitingMax: 2, waitMs: 300 } });
});
afterAll(() => running.end());

const batch = (name: string, lines: number) => Array.from({ length: lines }, (_, i) => text(payment(`${name}-${i}`)));

test('more than the gateway takes at once is sent away with a time to come back, and is all stored in the end', {
  timeout: 120_000,
}, async () => {
  const impatient = await running.sender('CLEAR', { attemptsMax: 1 });
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, i) => impatient.send('transactions', batch(`over-${i}`, 600), { batchId: `over-${i}` })),
  );
  const away = outcomes.filter(({ kind }) => kind === 'unknown');
  expect(away.length).toBeGreaterThan(0);
  for (const outcome of away) expect(outcome).toMatchObject({ detail: expect.stringMatching(/^429 /) });
  const patient = await running.sender('CLEAR', { attemptsMax: 60, backoffMaxMs: 200 });
  const again = await Promise.all(
    Array.from({ length: 8 }, (_, i) => patient.send('transactions', batch(`over-${i}`, 600), { batchId: `over-${i}` })),
  );
  for (const outcome of again) expect(outcome).toMatchObject({ kind: 'receipt', receipt: { accepted: 600, refused: 0 } });
  const { rows } = await running.pool.query("select count(*)::int as n from clearing_transaction where transaction_id like 'over-%'");
  expect(rows[0].n).toBe(4_800);
});

test('one institution that fills its places does not keep another one out', { timeout: 120_000 }, async () => {
  const many = await running.sender('CLEAR', { attemptsMax: 100, backoffMaxMs: 100 });
  const one = await running.sender('BANK-A', { attemptsMax: 1 });
  const flood = Promise.all(Array.from({ length: 6 }, (_, i) => many.send('transactions', batch(`flood-${i}`, 1_500))));
  await expect
    .poll(() =>
      one.send('heartbeats', [text({ institution: 'BANK-A', line: 'dc1', layer: 'tls', sentAt: new Date().toISOString(), ok: true })]),
    )
    .toMatchObject({ kind: 'receipt' });
  await flood;
});

test('every answer that says not now says when to come back', async () => {
  const low = await runningGateway({ diskPath: os.tmpdir(), diskFloorBytes: Number.MAX_SAFE_INTEGER });
  try {
    const sender = await low.sender('CLEAR', { attemptsMax: 1 });
    expect(await sender.send('transactions', batch('full', 1))).toMatchObject({ kind: 'unknown', detail: expect.stringContaining('503') });
    const answer = await fetch(`${low.url}/v1/transactions`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ reason: 'disk-low' });
    expect((await fetch(`${low.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${low.url}/livez`)).status).toBe(200);
  } finally {
    await low.end();
  }
});

test('the sender waits as long as the gateway asks, and keeps its batch id through all attempts', async () => {
  const seen: { at: number; batchId: string | undefined; nonce: string }[] = [];
  const server = http.createServer((request, response) => {
    request.resume();
    const nonce = /nonce="([^"]+)"/.exec(String(request.headers['signature-input']))?.[1] ?? '';
    seen.push({ at: Date.now(), batchId: request.headers['headwater-batch-id'] as string, nonce });
    if (seen.length === 1) request.socket.destroy();
    else if (seen.length === 2) response.writeHead(503, { 'retry-after': '1' }).end('{"reason":"too-busy"}');
    else response.writeHead(403).end('{"reason":"scope-missing","detail":"no"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const sender = await running.sender('CLEAR', {
      gatewayUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
      backoffFirstMs: 5,
    });
    expect(await sender.send('transactions', batch('wait', 1))).toEqual({
      kind: 'refused',
      status: 403,
      reason: 'scope-missing',
      detail: 'no',
      attempts: 3,
    });
    expect(new Set(seen.map(({ batchId }) => batchId)).size).toBe(1);
    expect(new Set(seen.map(({ nonce }) => nonce)).size).toBe(3);
    expect((seen[2]?.at ?? 0) - (seen[1]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a gateway that is told to end finishes what it has begun, and takes nothing new', { timeout: 120_000 }, async () => {
  const ending = await runningGateway();
  const sender = await ending.sender('CLEAR', { attemptsMax: 1 });
  const begun = sender.send('transactions', batch('begun', 20_000));
  await expect.poll(() => ending.gateway.metrics.registry.getSingleMetricAsString('headwater_gateway_working_requests')).toMatch(/ 1$/m);
  const closing = ending.gateway.close(20_000);
  expect(await begun).toMatchObject({ kind: 'receipt', receipt: { accepted: 20_000 } });
  await closing;
  expect((await sender.send('transactions', batch('late', 1))).kind).toBe('unknown');
  const { rows } = await ending.pool.query('select count(*)::int as n from clearing_transaction');
  expect(rows[0].n).toBe(20_000);
  await ending.end().catch(() => undefined);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
beforeAll(async () => {
  running = await runningGateway();
});
afterAll(() => running.end());

type Operation = { post?: { requestBody: { content: Record<string, { example: string }> } } };

test('every example of the OpenAPI document is accepted as it stands, in the order of the document', async () => {
  const document = (await (await fetch(`${running.url}/openapi.json`)).json()) as { openapi: string; paths: Record<string, Operation> };
  expect(document.openapi).toBe('3.1.0');
  const clearing = await running.sender('CLEAR');
  // These two are assertions of a bank's own; nobody makes them in its place.
  const bank = await running.sender('BANK-A');
  const sent: string[] = [];
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!post) continue;
    for (const [contentType, { example }] of Object.entries(post.requestBody.content)) {
      const sender = /debits|declarations/.test(path) ? bank : clearing;
      const outcome = await sender.sendBody({ path, contentType, body: Buffer.from(example) });
      expect(outcome, path).toMatchObject({ kind: 'receipt', receipt: { refusals: [], refused: 0, duplicate: 0 } });
      expect(outcome.kind === 'receipt' && outcome.receipt.accepted, path).toBeGreaterThan(0);
      sent.push(path);
    }
  }
  expect(sent).toEqual([
    '/v1/transactions',
    '/v1/legs',
    '/v1/heartbeats',
    '/v1/outcomes',
    '/v1/debits',
    '/v1/declarations',
    '/v1/iso20022',
  ]);
});

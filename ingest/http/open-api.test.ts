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
  const sender = await running.sender('CLEAR');
  const sent: string[] = [];
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!post) continue;
    for (const [contentType, { example }] of Object.entries(post.requestBody.content)) {
      const outcome = await sender.sendBody({ path, contentType, body: Buffer.from(example) });
      expect(outcome, path).toMatchObject({ kind: 'receipt', receipt: { refusals: [], refused: 0, duplicate: 0 } });
      expect(outcome.kind === 'receipt' && outcome.receipt.accepted, path).toBeGreaterThan(0);
      sent.push(path);
    }
  }
  expect(sent).toEqual(['/v1/transactions', '/v1/legs', '/v1/heartbeats', '/v1/outcomes', '/v1/iso20022']);
});

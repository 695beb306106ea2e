import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Receipt, receiptIsGenuine } from '../feed/receipt';
import type { FeedSender, SendOutcome } from '../feed/sender';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let clearing: FeedSender;
beforeAll(async () => {
  running = await runningGateway();
  clearing = await running.sender('CLEAR');
});
afterAll(() => running.end());

function receiptOf(outcome: SendOutcome): Receipt {
  if (outcome.kind !== 'receipt') throw new Error(`no receipt: ${JSON.stringify(outcome)}`);
  return outcome.receipt;
}

const connections = () => new Promise<number>((resolve) => running.gateway.app.server.getConnections((_error, count) => resolve(count)));

describe('a receipt', () => {
  test('is signed by the gateway’s key, and no figure in it can be changed', async () => {
    const receipt = receiptOf(await clearing.send('transactions', [text(payment('receipt-1')), '{}']));
    expect(receipt).toMatchObject({ institution: 'CLEAR', feed: 'transactions', accepted: 1, duplicate: 0, refused: 1 });
    const answer = (await (await fetch(`${running.url}/v1/receipt-key`)).json()) as { publicKeyPem: string; fingerprint: string };
    const publicKey = createPublicKey(answer.publicKeyPem);
    expect(receipt.signedBy).toBe(answer.fingerprint);
    expect(receiptIsGenuine(receipt, publicKey)).toBe(true);
    expect(receiptIsGenuine({ ...receipt, accepted: 2 }, publicKey)).toBe(false);
    expect(receiptIsGenuine({ ...receipt, refusals: [] }, publicKey)).toBe(false);
  });

  test('comes back with the very same bytes when the batch is sent again, compressed or not to begin with', async () => {
    const lines = [text(payment('same-1')), 'not json'];
    const first = await clearing.send('transactions', lines, { batchId: 'same' });
    const again = await clearing.send('transactions', lines, { batchId: 'same' });
    expect(first.kind).toBe('receipt');
    expect(again.kind === 'receipt' && again.receiptText).toBe(first.kind === 'receipt' && first.receiptText);
    // Only the header tells them apart.
    expect([first, again].map((one) => one.kind === 'receipt' && one.earlier)).toEqual([false, true]);
    const { rows } = await running.pool.query(
      "select count(*)::int as n from quarantined_line where feed = 'transactions' and reason = 'json-syntax'",
    );
    expect(rows[0].n).toBe(1);
  });

  test('comes back with the very same bytes to ten that send the batch at the same moment', { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: 300 }, (_, i) => text(payment(`burst-${i}`)));
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => clearing.send('transactions', lines, { batchId: 'burst' })));
    const texts = new Set(outcomes.map((outcome) => outcome.kind === 'receipt' && outcome.receiptText));
    expect(texts.size).toBe(1);
    expect(receiptOf(outcomes[0] as SendOutcome).accepted).toBe(300);
  });

  test('comes back for a large batch, and what is not needed of its body is read away, so that no connection is left stuck', {
    timeout: 120_000,
  }, async () => {
    const sender = await running.sender('CLEAR', { attemptsMax: 1, timeoutMs: 30_000 });
    const lines = Array.from({ length: 15_000 }, (_, i) => text(payment(`large-${i}`)));
    const texts = new Set<string>();
    for (let time = 0; time < 8; time++) {
      const outcome = await sender.send('transactions', lines, { batchId: 'large' });
      texts.add(outcome.kind === 'receipt' ? outcome.receiptText : outcome.kind);
    }
    expect(texts.size).toBe(1);
    // What is idle can be closed; what is stuck in the middle of a body cannot: seven early answers would leave seven of them.
    running.gateway.app.server.closeIdleConnections();
    await expect.poll(connections, { timeout: 5_000 }).toBeLessThanOrEqual(1);
  });

  test('is not given for another body under the same batch id: both digests are', async () => {
    await clearing.send('transactions', [text(payment('other-1'))], { batchId: 'other' });
    const outcome = await clearing.send('transactions', [text(payment('other-2'))], { batchId: 'other' });
    expect(outcome).toMatchObject({ kind: 'refused', status: 409, reason: 'conflict' });
    const { rows } = await running.pool.query("select 1 from clearing_transaction where transaction_id = 'other-2'");
    expect(rows).toEqual([]);
  });
});

describe('a message', () => {
  test('is a duplicate for ever when it comes again in another batch or twice in one', async () => {
    const line = text(payment('twice'));
    expect(receiptOf(await clearing.send('transactions', [line, line]))).toMatchObject({ accepted: 1, duplicate: 1, refused: 0 });
    expect(receiptOf(await clearing.send('transactions', [line]))).toMatchObject({ accepted: 0, duplicate: 1, refused: 0 });
  });

  test('that somebody else has reported before is a conflict, even word for word: what others know belongs on the feed of legs', async () => {
    const line = text(payment('reported-twice'));
    expect(receiptOf(await clearing.send('transactions', [line])).accepted).toBe(1);
    const bank = await running.sender('BANK-A');
    expect(receiptOf(await bank.send('transactions', [line]))).toMatchObject({
      accepted: 0,
      duplicate: 0,
      refused: 1,
      refusals: [{ reason: 'conflict' }],
    });
  });

  test('with other content under the same id is refused with both digests, also on another day and by another sender', async () => {
    await clearing.send('transactions', [text(payment('changed'))]);
    const changed = text(payment('changed', { amount: '128.51', acceptedAt: '2026-11-20T09:46:52.004+08:00' }));
    const bank = await running.sender('BANK-A');
    const { refused, refusals } = receiptOf(await bank.send('transactions', [changed]));
    expect(refused).toBe(1);
    expect(refusals[0]).toMatchObject({ line: 1, reason: 'conflict' });
    expect(refusals[0]?.detail.match(/[0-9a-f]{64}/g)).toHaveLength(2);
  });
});

test('duplicates, any order and any division into batches end in the same rows as the orderly run', { timeout: 120_000 }, async () => {
  let run = 0;
  const shape = fc.record({
    count: fc.integer({ min: 1, max: 25 }),
    order: fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
    batchSize: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ count, order, batchSize }) => {
      const name = `property-${run++}-`;
      const lines = Array.from({ length: count }, (_, i) =>
        text(
          payment(`${name}${i}`, {
            amountMinor: String(i + 1),
            amount: undefined,
            acceptedAt: `2026-11-${20 + (i % 3)}T0${i % 10}:00:00Z`,
          }),
        ),
      );
      // Each line at least once, some often, in any order.
      const sent = [...order.map((at) => lines[at % count] as string), ...lines];
      let accepted = 0;
      for (let at = 0; at < sent.length; at += batchSize) {
        const receipt = receiptOf(await clearing.send('transactions', sent.slice(at, at + batchSize)));
        expect(receipt.refused).toBe(0);
        accepted += receipt.accepted;
      }
      expect(accepted).toBe(count);
      const { rows } = await running.pool.query(
        `select count(*)::int as rows, count(distinct transaction_key)::int as keys, sum(amount_minor)::int as sum
           from clearing_transaction
          where transaction_id like $1`,
        [`${name}%`],
      );
      expect(rows[0]).toEqual({ rows: count, keys: count, sum: (count * (count + 1)) / 2 });
    }),
    { numRuns: 25 },
  );
});

test('one message among hundreds of new ones that was there before, or is there twice, keeps its neighbours from nothing', async () => {
  const many = (name: string, count = 300) => Array.from({ length: count }, (_, i) => text(payment(`${name}-${i}`)));
  expect(
    receiptOf(await clearing.send('transactions', [text(payment('among-17')), text(payment('among-18', { amount: '1.00' }))])),
  ).toMatchObject({
    accepted: 2,
  });
  const lines = many('among');
  const receipt = receiptOf(await clearing.send('transactions', [...lines, lines[200] as string]));
  expect(receipt).toMatchObject({ accepted: 298, duplicate: 2, refused: 1, refusals: [{ line: 19, reason: 'conflict' }] });
  expect(receiptOf(await clearing.send('transactions', lines))).toMatchObject({ accepted: 0, duplicate: 299, refused: 1 });
  expect(receiptOf(await clearing.send('transactions', [...many('beside'), 'no line']))).toMatchObject({ accepted: 300, refused: 1 });
  const { rows } = await running.pool.query(
    `select transaction_key::text as key, batch_id::text as batch from clearing_transaction where transaction_id like 'among-%'`,
  );
  const keys = new Map(rows.map(({ key, batch }) => [key, batch]));
  const receipts = await running.pool.query(
    `select message_key::text as key, batch_id::text as batch, encode(body_digest, 'hex') as digest
       from message_receipt
      where message_key = any($1::uuid[])`,
    [[...keys.keys()]],
  );
  expect(rows).toHaveLength(300);
  expect(keys.size).toBe(300);
  expect(receipts.rows.every(({ key, batch }) => keys.get(key) === batch)).toBe(true);
  expect(new Set(receipts.rows.map(({ digest }) => digest)).size).toBe(300);
});

test('batches of the same messages in opposite order at the same moment store each message once', async () => {
  const lines = Array.from({ length: 3_000 }, (_, i) => text(payment(`opposite-${i}`)));
  const outcomes = await Promise.all([
    clearing.send('transactions', lines),
    clearing.send('transactions', [...lines].reverse()),
    clearing.send('transactions', [...lines.slice(1_500), ...lines.slice(0, 1_500)]),
  ]);
  const receipts = outcomes.map(receiptOf);
  expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(3_000);
  expect(receipts.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(6_000);
  const { rows } = await running.pool.query("select count(*)::int as n from clearing_transaction where transaction_id like 'opposite-%'");
  expect(rows[0].n).toBe(3_000);
}, 120_000);

import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '@/server/commands/feed/create-key';
import { freshDatabase } from '@/server/testing/fresh-database';
import { FeedSender, type SendOutcome } from './feed/sender';
import { payment, text } from './testing/example-lines';

let database: Awaited<ReturnType<typeof freshDatabase>>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
});

function start(changes: Record<string, string>) {
  const receiptKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', 'ingest/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      HEADWATER_ACCOUNT_KEY: randomBytes(32).toString('base64'),
      HEADWATER_RECEIPT_KEY: receiptKey,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
      HEADWATER_GATEWAY_HOST: '127.0.0.1',
      HEADWATER_GATEWAY_PORT: '0',
      HEADWATER_LOG_LEVEL: 'silent',
      ...changes,
    },
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (piece) => {
    said.out += String(piece);
  });
  child.stderr.on('data', (piece) => {
    said.err += String(piece);
  });
  return { child, said, exit: once(child, 'exit') as Promise<[number | null, string | null]> };
}

test('the process says in one line where it listens, answers there, and ends with 0 when it is told to', { timeout: 90_000 }, async () => {
  const { child, said, exit } = start({});
  await expect.poll(() => said.out, { timeout: 60_000 }).toMatch(/^The gateway listens on http:\/\/127\.0\.0\.1:\d+\n$/);
  const url = /http\S+/.exec(said.out)?.[0] as string;
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: true, faults: [] });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('headwater_gateway_working_requests 0');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('a port that is taken, or a setting that is wrong, ends it with 1 and one sentence', { timeout: 90_000 }, async () => {
  const taken = net.createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as net.AddressInfo;
  try {
    const [blocked, misled] = [start({ HEADWATER_GATEWAY_PORT: String(port) }), start({ HEADWATER_ACCOUNT_KEY: 'short' })];
    expect((await blocked.exit)[0]).toBe(1);
    expect(blocked.said.err.trim()).toBe(`Port ${port} is in use by another process: set HEADWATER_GATEWAY_PORT, or end that process.`);
    expect((await misled.exit)[0]).toBe(1);
    expect(misled.said.err).toContain('HEADWATER_ACCOUNT_KEY');
    expect(misled.said.err.trim().split('\n')).toHaveLength(1);
  } finally {
    taken.close();
  }
});

test('killed in the middle of batches and started again, it has lost nothing that it acknowledged and doubles nothing', {
  timeout: 180_000,
}, async () => {
  await database.pool.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en) values
       ('BANK-A', 'bank', 'state', '甲银行', 'Bank A', '甲', 'A'),
       ('BANK-B', 'bank', 'joint', '乙银行', 'Bank B', '乙', 'B')`,
  );
  const client = await database.pool.connect();
  const key = await createKey(client, { institution: 'BANK-A' }).finally(() => client.release());
  if (key.kind !== 'created') throw new Error(key.reason);
  const port = String(await freePort());
  const sender = new FeedSender({
    gatewayUrl: `http://127.0.0.1:${port}`,
    keyId: key.keyId,
    privateKey: key.privateKeyPem,
    attemptsMax: 1_000,
    backoffFirstMs: 20,
    backoffMaxMs: 500,
  });
  const batches = Array.from({ length: 6 }, (_, b) => Array.from({ length: 3_000 }, (_, i) => text(payment(`killed-${b}-${i}`))));
  const sending = (async () => {
    const receipts: SendOutcome[] = [];
    for (const [b, lines] of batches.entries()) receipts.push(await sender.send('transactions', lines, { batchId: `killed-${b}` }));
    return receipts;
  })();
  for (let kill = 0; kill < 2; kill++) {
    const before = (await database.pool.query('select count(*)::int as n from feed_batch')).rows[0].n as number;
    const { child, exit } = start({ HEADWATER_GATEWAY_PORT: port });
    // Once a batch is done, the next is under way.
    await expect
      .poll(async () => (await database.pool.query('select count(*)::int as n from feed_batch')).rows[0].n, {
        timeout: 60_000,
        interval: 10,
      })
      .toBeGreaterThan(before);
    child.kill('SIGKILL');
    await exit;
  }
  start({ HEADWATER_GATEWAY_PORT: port });
  for (const outcome of await sending)
    expect(outcome).toMatchObject({ kind: 'receipt', receipt: { accepted: 3_000, duplicate: 0, refused: 0 } });
  sender.close();
  const { rows } = await database.pool.query(
    `select (select count(*)::int from clearing_transaction) as rows, (select count(distinct transaction_key)::int from clearing_transaction) as keys,
            (select count(*)::int from message_receipt) as receipts, (select sum(accepted_count)::int from feed_batch) as accepted`,
  );
  expect(rows[0]).toEqual({ rows: 18_000, keys: 18_000, receipts: 18_000, accepted: 18_000 });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

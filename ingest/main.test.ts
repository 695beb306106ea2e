import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';

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
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
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

import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import pg from 'pg';
import { startEmbeddedPg } from '@/scripts/embedded-postgres.mjs';
import { migrate } from '@/scripts/migrate.mjs';
import { freePort } from '@/scripts/prerequisites.mjs';
import { createKey } from '@/server/commands/feed/create-key';
import { countryInstitutions } from '@/simulator/country';

export type Bench = {
  readonly url: string;
  /** Process of the database server. */
  readonly serverPid: number;
  readonly pool: pg.Pool;
  readonly environment: Record<string, string>;
  /** End of all histories, and the key of their accounts' pseudonyms: kept with them. */
  readonly kept: { readonly toMs: number; readonly accountKey: string };
  readonly hasDatabase: (name: string) => Promise<boolean>;
  readonly dropDatabase: (name: string) => Promise<void>;
  /** Another migrated database with the same institutions, made where there is none yet. */
  readonly anotherDatabase: (name: string) => Promise<{ readonly pool: pg.Pool; readonly url: string }>;
  /** What `anotherDatabase` opened, so that the database may be renamed. */
  readonly closePool: (pool: pg.Pool) => Promise<void>;
  /** The clearing institution's key: it may report for everybody. */
  readonly key: { readonly keyId: string; readonly privateKey: string };
  /** Starts gateway or monitor as production runs them: bundled, in a process of its own. */
  readonly start: (name: 'gateway' | 'monitor') => Promise<RunningProcess>;
  readonly close: () => Promise<void>;
};
/** As scripts/start.mjs starts them. */
const FLAGS = { gateway: ['--max-semi-space-size=16', '--max-old-space-size=144'], monitor: [] } as const;

export type RunningProcess = { readonly pid: number; readonly port: number; readonly stop: () => Promise<void> };

/** A PostgreSQL server of the benchmarks' own, with the made-up country registered. In the folder `keep` it stays for the next run. */
export async function openBench({ keep }: { keep: string | undefined }): Promise<Bench> {
  const home = keep === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-bench-')) : path.resolve(keep);
  fs.mkdirSync(home, { recursive: true });
  // The server may run under another account, which has to reach its folder.
  fs.chmodSync(home, 0o755);
  const server = await startEmbeddedPg({ home });
  const pools: pg.Pool[] = [];
  const running = new Set<ChildProcess>();
  const open = async (url: string) => {
    await migrate(url);
    const pool = new pg.Pool({ connectionString: url, max: 6 });
    pool.on('error', () => {});
    pools.push(pool);
    await register(pool);
    return pool;
  };
  const pool = await open(server.url);
  const kept = await keptSettings(pool);
  const environment = {
    DATABASE_URL: server.url,
    HEADWATER_ACCOUNT_KEY: kept.accountKey,
    HEADWATER_RECEIPT_KEY: generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  };
  Object.assign(process.env, environment);
  const bundles = await bundle();
  const hasDatabase = async (name: string) => (await pool.query('select from pg_database where datname = $1', [name])).rowCount === 1;

  return {
    url: server.url,
    serverPid: server.pid,
    pool,
    environment,
    kept,
    key: await clearingKey(pool),
    hasDatabase,
    dropDatabase: async (name) => void (await pool.query(`drop database if exists ${name}`)),
    closePool: async (one) => {
      pools.splice(pools.indexOf(one), 1);
      await one.end();
    },
    anotherDatabase: async (name) => {
      if (!(await hasDatabase(name))) await pool.query(`create database ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return { pool: await open(url.href), url: url.href };
    },
    start: (name) => startProcess({ script: bundles[name], flags: FLAGS[name], environment, running }),
    close: async () => {
      for (const child of running) child.kill('SIGKILL');
      // A pool ends when its last query does, and a history may be rolling up for minutes: the server's end is the query's.
      // A kept server that was there before belongs to another run.
      if (!server.adopted) server.stop();
      await Promise.allSettled(pools.map((one) => one.end()));
      if (keep === undefined) fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

async function keptSettings(pool: pg.Pool): Promise<Bench['kept']> {
  await pool.query("insert into setting (name, value) values ('bench', $1) on conflict (name) do nothing", [
    { toMs: Math.floor(Date.now() / 1000) * 1000, accountKey: randomBytes(32).toString('base64') },
  ]);
  const { rows } = await pool.query<{ value: Bench['kept'] }>("select value from setting where name = 'bench'");
  return (rows[0] as { value: Bench['kept'] }).value;
}

async function register(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, simulated)
     select code, kind::institution_kind, category::institution_category, "nameZh", "nameEn", "shortZh", "shortEn", true
     from jsonb_to_recordset($1) as t (code text, kind text, category text, "nameZh" text, "nameEn" text, "shortZh" text, "shortEn" text)
     on conflict (code) do nothing`,
    [JSON.stringify(countryInstitutions(1))],
  );
}

async function clearingKey(pool: pg.Pool): Promise<Bench['key']> {
  const { rows } = await pool.query<{ code: string }>("select code from institution where kind = 'clearing' order by id limit 1");
  // An institution has two live keys at most, and an earlier run's private key is gone.
  await pool.query('update institution_key set revoked_at = now() where revoked_at is null');
  const client = await pool.connect();
  try {
    const made = await createKey(client, { institution: (rows[0] as { code: string }).code });
    if (made.kind !== 'created') throw new Error(made.reason);
    return { keyId: made.keyId, privateKey: made.privateKeyPem };
  } finally {
    client.release();
  }
}

async function bundle(): Promise<Record<'gateway' | 'monitor', string>> {
  // Inside the checkout, so that packages are found.
  const out = path.resolve('.headwater/bench');
  await build({
    entryPoints: { gateway: 'ingest/main.ts', monitor: 'monitor/main.ts' },
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['react-server'],
    logLevel: 'error',
    alias: { 'server-only': path.resolve('node_modules/server-only/empty.js') },
  });
  return { gateway: path.join(out, 'gateway.mjs'), monitor: path.join(out, 'monitor.mjs') };
}

async function startProcess(of: {
  script: string;
  flags: readonly string[];
  environment: Record<string, string>;
  running: Set<ChildProcess>;
}): Promise<RunningProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [...of.flags, of.script], {
    env: {
      ...process.env,
      ...of.environment,
      HEADWATER_GATEWAY_PORT: String(port),
      HEADWATER_MONITOR_PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  of.running.add(child);
  child.on('exit', () => of.running.delete(child));
  const deadline = Date.now() + 20_000;
  while (
    !(await fetch(`http://127.0.0.1:${port}/livez`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${of.script} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    pid: child.pid as number,
    port,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

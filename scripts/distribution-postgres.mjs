// A PostgreSQL of the distribution's own package, started apart for tests and removed again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './prerequisites.mjs';

/**
 * A server of the distribution's package, installed where it is missing, in a folder of its own; null where that cannot be.
 * `settings` go into its configuration. `trusted` lets anyone on this machine in, as the nodes of a cluster among themselves.
 */
export async function distributionPostgres({ settings = {}, trusted = false } = {}) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  if (!installed()) {
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', 'postgresql'], quiet);
  }
  const found = installed();
  const account = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((row) => row[0] === 'postgres');
  if (!found || !account) return null;
  const as = { uid: Number(account[2]), gid: Number(account[3]), cwd: '/', encoding: 'utf8' };
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-pg-'));
  fs.chownSync(home, as.uid, as.gid);
  const password = randomBytes(12).toString('hex');
  const passwordFile = path.join(home, 'password');
  fs.writeFileSync(passwordFile, password);
  fs.chownSync(passwordFile, as.uid, as.gid);
  const dir = path.join(home, 'data');
  const made = spawnSync(
    `${found.bin}/initdb`,
    ['-D', dir, '-U', 'tester', '--pwfile', passwordFile, `--auth=${trusted ? 'trust' : 'scram-sha-256'}`, '--encoding=UTF8', '--locale=C'],
    as,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const all = { port, listen_addresses: '127.0.0.1', unix_socket_directories: home, fsync: 'off', ...settings };
  const options = Object.entries(all)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const began = spawnSync(`${found.bin}/pg_ctl`, ['-D', dir, '-l', path.join(home, 'log'), '-o', options, '-w', 'start'], {
    ...as,
    // A node of a cluster looks for certificates in its home: the one of whoever runs this is not for its account to read.
    env: { ...process.env, HOME: home },
    stdio: 'ignore',
  });
  if (began.status !== 0)
    throw new Error(`the distribution's PostgreSQL did not start: ${fs.readFileSync(path.join(home, 'log'), 'utf8')}`);
  return {
    name: `the distribution's ${found.major}`,
    url: `postgresql://tester:${password}@127.0.0.1:${port}/postgres`,
    port,
    stop: () => {
      spawnSync(`${found.bin}/pg_ctl`, ['-D', dir, '-m', 'fast', '-w', 'stop'], as);
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

function installed() {
  const root = '/usr/lib/postgresql';
  if (!fs.existsSync(root)) return null;
  const versions = fs.readdirSync(root).filter((name) => fs.existsSync(`${root}/${name}/bin/initdb`));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? { major: newest, bin: `${root}/${newest}/bin` } : null;
}

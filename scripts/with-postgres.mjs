// Runs a command against a PostgreSQL that is not the product's own: the distribution's server where it can be installed
// (an older major version than the embedded one, so both ends are tried), else a second embedded one started apart.
//   node scripts/with-postgres.mjs COMMAND [ARG…]
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPg } from './embedded-postgres.mjs';
import { freePort } from './prerequisites.mjs';
import { giveUp, step } from './say.mjs';

try {
  const server = (await distributionServer()) ?? (await separateServer());
  step(`A second PostgreSQL: ${server.name}`);
  const [command, ...args] = process.argv.slice(2);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: server.url } });
  const code = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  server.stop();
  process.exit(code);
} catch (error) {
  giveUp(error);
}

function installed() {
  const root = '/usr/lib/postgresql';
  if (!fs.existsSync(root)) return null;
  const versions = fs.readdirSync(root).filter((name) => fs.existsSync(`${root}/${name}/bin/initdb`));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? { major: newest, bin: `${root}/${newest}/bin` } : null;
}

async function distributionServer() {
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
    ['-D', dir, '-U', 'tester', '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
    as,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c fsync=off`;
  const began = spawnSync(`${found.bin}/pg_ctl`, ['-D', dir, '-l', path.join(home, 'log'), '-o', options, '-w', 'start'], {
    ...as,
    stdio: 'ignore',
  });
  if (began.status !== 0)
    throw new Error(`the distribution's PostgreSQL did not start: ${fs.readFileSync(path.join(home, 'log'), 'utf8')}`);
  return {
    name: `the distribution's ${found.major}`,
    url: `postgresql://tester:${password}@127.0.0.1:${port}/postgres`,
    stop: () => {
      spawnSync(`${found.bin}/pg_ctl`, ['-D', dir, '-m', 'fast', '-w', 'stop'], as);
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

async function separateServer() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-pg-'));
  fs.chmodSync(home, 0o755);
  const server = await startEmbeddedPg({ home });
  return {
    name: 'a separate embedded one',
    url: server.url,
    stop: () => {
      server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

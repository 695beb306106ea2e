// Makes everything that runs from the sources: Prisma's client, the processes' bundles, the console.
// Each part is skipped while its sources are what they were.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, runStep } from './prerequisites.mjs';
import { giveUp, step } from './say.mjs';

const OUT = '.headwater';
const PROCESSES = {
  gateway: 'ingest/main.ts',
  monitor: 'monitor/main.ts',
  prober: 'prober/main.ts',
  detector: 'detector/main.ts',
  simulator: 'simulator/main.ts',
  cli: 'ingest/cli/main.ts',
  'demo-setup': 'scripts/demo-setup.ts',
};
const SOURCES = [
  'app',
  'components',
  'detector',
  'domain',
  'i18n',
  'ingest',
  'messages',
  'monitor',
  'prober',
  'public',
  'server',
  'simulator',
];
const SETTINGS = [
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'instrumentation.ts',
  'proxy.ts',
  'tsconfig.json',
  'scripts/demo-connectivity.ts',
  'scripts/demo-setup.ts',
  'scripts/build.mjs',
];

/** Brings the generated client, the bundles and (unless `console: false`) the Next.js build up to date. */
export async function build({ console: withConsole = true } = {}) {
  fs.mkdirSync(OUT, { recursive: true });
  await whenChanged('client', ['prisma', 'prisma.config.ts', 'package-lock.json'], async () => {
    step('Generating the database client');
    await runStep(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], 'The database client could not be generated.');
  });
  await whenChanged(
    'processes',
    [...SOURCES.filter((at) => !['app', 'components', 'messages', 'public'].includes(at)), ...SETTINGS],
    async () => {
      step('Bundling gateway, monitor, prober, detector, simulator and command line');
      await bundle();
    },
  );
  if (!withConsole) return;
  await whenChanged(
    'console',
    [...SOURCES.filter((at) => !['detector', 'ingest', 'monitor', 'prober', 'simulator'].includes(at)), ...SETTINGS, 'prisma'],
    async () => {
      step('Building the console (once; one to two minutes)');
      // The build reads no data; what it needs are variables of the right shape.
      await runStep(process.execPath, ['node_modules/next/dist/bin/next', 'build'], 'The console could not be built.', {
        NODE_ENV: 'production',
      });
    },
  );
}

async function bundle() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: PROCESSES,
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['react-server'],
    sourcemap: 'linked',
    logLevel: 'error',
    // `server-only` throws outside Next.js on purpose; these processes are servers too.
    alias: { 'server-only': path.resolve('node_modules/server-only/empty.js') },
  });
}

async function whenChanged(part, paths, make) {
  const hash = hashOf(paths);
  const mark = path.join(OUT, `${part}.sha256`);
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === hash) return;
  fs.rmSync(mark, { force: true });
  await make();
  fs.writeFileSync(mark, hash);
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.versions.node);
  const add = (at) => {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      if (path.basename(at) === 'generated') return;
      for (const name of fs.readdirSync(at).sort()) add(path.join(at, name));
    } else if (!/\.test\.tsx?$/.test(at)) hash.update(at).update('\0').update(fs.readFileSync(at));
  };
  for (const at of paths) add(at);
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureInstalled();
    await build();
    step('Built');
  } catch (error) {
    giveUp(error);
  }
}

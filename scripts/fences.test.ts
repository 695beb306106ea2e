import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const biome = path.resolve('node_modules/@biomejs/biome/bin/biome');

// A copy of the rules over an otherwise empty tree, so that nothing is planted in the real one.
const tree = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-fences-'));
const rules = JSON.parse(fs.readFileSync('biome.json', 'utf8'));
fs.writeFileSync(path.join(tree, 'biome.json'), JSON.stringify({ ...rules, $schema: undefined, vcs: { enabled: false } }));
afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

/** What the linter says of files with these contents. */
function lintOf(files: Readonly<Record<string, string>>): string {
  for (const [at, source] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(tree, at)), { recursive: true });
    fs.writeFileSync(path.join(tree, at), source);
  }
  const run = spawnSync(process.execPath, [biome, 'lint', ...Object.keys(files)], { cwd: tree, encoding: 'utf8' });
  for (const at of Object.keys(files)) fs.rmSync(path.join(tree, at));
  return run.stdout + run.stderr;
}

const importing = (module: string) => `import planted from '${module}';\nconsole.log(planted);\n`;

const CROSSINGS: readonly (readonly [string, string])[] = [
  ['domain/planted.ts', '@/server/database'],
  ['domain/planted.ts', 'node:fs'],
  ['domain/planted.ts', 'react'],
  ['components/planted.tsx', '@/server/database'],
  ['components/planted.tsx', '@/app/layout'],
  ['server/planted.ts', '@/app/layout'],
  ['server/queries/planted.ts', '@/ingest/main'],
  ['ingest/planted.ts', '@/monitor/main'],
  ['ingest/planted.ts', '@/app/layout'],
  ['monitor/planted.ts', '@/ingest/main'],
  ['monitor/planted.ts', '@/components/ui/button'],
  ['prober/planted.ts', '@/monitor/main'],
  ['detector/planted.ts', '@/monitor/main'],
  ['detector/planted.ts', '@/ingest/main'],
  ['simulator/planted.ts', '@/server/database'],
  ['simulator/planted.ts', '@/ingest/main'],
  ['simulator/planted.ts', 'pg'],
  ['app/planted.tsx', 'pg'],
  ['app/planted.tsx', '@/ingest/feed/lines'],
  ['app/planted.tsx', '@/monitor/main'],
  ['e2e/planted.ts', '@/domain/money'],
];

const PASSAGES: readonly (readonly [string, string])[] = [
  ['domain/planted.ts', 'zod'],
  ['components/planted.tsx', '@/domain/money'],
  ['server/planted.ts', '@/domain/money'],
  ['simulator/planted.ts', '@/ingest/feed/lines'],
  ['app/planted.tsx', '@/server/session'],
];

describe('the fences between folders', () => {
  test.each(CROSSINGS)('%s may not import %s', (at, module) => {
    expect(lintOf({ [at]: importing(module) })).toContain('noRestrictedImports');
  });

  test.each(PASSAGES)('%s may import %s', (at, module) => {
    expect(lintOf({ [at]: importing(module) })).not.toContain('noRestrictedImports');
  });

  test('a barrel is refused', () => {
    expect(lintOf({ 'domain/index.ts': "export * from './money';\n" })).toContain('noBarrelFile');
  });
});

test('an import cycle is refused', () => {
  const said = lintOf({
    'domain/one.ts': "import { two } from './two';\nexport const one = () => two;\n",
    'domain/two.ts': "import { one } from './one';\nexport const two = () => one;\n",
  });
  expect(said).toContain('noImportCycles');
});

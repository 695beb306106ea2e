import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isServerActions, unguardedEntries } from '@/server/testing/unguarded-entries';

/** Doors that must open to nobody in particular. */
const OPEN = new Set([
  'app/(auth)/sign-in/page.tsx',
  'app/api/auth/[...nextauth]/route.ts',
  'app/api/health/livez/route.ts',
  'app/api/health/readyz/route.ts',
]);

function sources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
}

function kindOf(file: string, source: string): 'page' | 'route' | 'actions' | undefined {
  if (isServerActions(source)) return 'actions';
  if (/\/page\.tsx?$/.test(file) || file === 'app/(console)/layout.tsx') return 'page';
  return /\/route\.tsx?$/.test(file) ? 'route' : undefined;
}

describe('every door asks who is there', () => {
  const doors = [...sources('app'), ...sources('components')].flatMap((file) => {
    const source = fs.readFileSync(file, 'utf8');
    const kind = kindOf(file, source);
    return kind && !OPEN.has(file) ? [{ file, source, kind }] : [];
  });

  test('there are doors to look at, of every kind', () => {
    for (const kind of ['page', 'route', 'actions']) expect(doors.some((door) => door.kind === kind)).toBe(true);
  });

  test('no function is made a server action in passing, out of sight of this test', () => {
    const hidden = [...sources('app'), ...sources('components')].filter((file) => {
      const source = fs.readFileSync(file, 'utf8');
      return /^\s*(['"])use server\1/m.test(source) && !isServerActions(source);
    });
    expect(hidden).toEqual([]);
  });

  test.each(doors)('$file begins with requireActor', ({ source, kind }) => {
    expect(unguardedEntries(source, kind)).toEqual([]);
  });
});

describe('a door that does not ask is caught', () => {
  test('pages', () => {
    expect(unguardedEntries(`export default async function P() { await requireActor('flows:view'); return null }`, 'page')).toEqual([]);
    expect(unguardedEntries(`export default async function P() { const a = await requireActor('flows:view'); return a }`, 'page')).toEqual(
      [],
    );
    for (const planted of [
      `export default async function P() { return null }`,
      `export default async function P() { const rows = await secrets(); await requireActor('flows:view'); return rows }`,
      `export default async function P() { requireActor('flows:view'); return null }`,
      `export default async function P() { if (await requireActor('flows:view')) return null }`,
      `export default async function P() { await requireActor(); return null }`,
      `async function P() { return null } export default P`,
      `export default withLayout(P)`,
      `const P = async () => <p/>; export default P`,
    ])
      expect(unguardedEntries(planted, 'page')).toEqual(['default']);
  });

  test('route handlers, however they are exported', () => {
    const guarded = `export async function GET() { await requireActor('console:enter'); return new Response() }`;
    expect(unguardedEntries(guarded, 'route')).toEqual([]);
    expect(unguardedEntries(`${guarded} export const POST = async () => new Response()`, 'route')).toEqual(['POST']);
    expect(unguardedEntries(`async function h() { return new Response() } export { h as PUT }`, 'route')).toEqual(['PUT']);
    expect(unguardedEntries(`export { GET } from './elsewhere'`, 'route')).toEqual(['GET']);
    expect(unguardedEntries(`export const dynamic = 'force-dynamic'`, 'route')).toEqual([]);
  });

  test('server actions, wherever the file lies', () => {
    const file = `'use server';\nexport async function a() { await requireActor('console:enter') }\nexport async function b() {}\nexport type T = 1`;
    expect(isServerActions(file)).toBe(true);
    expect(isServerActions(`/** Words. */\n// more\n"use server"\n`)).toBe(true);
    expect(isServerActions(`'use client'\n// 'use server'`)).toBe(false);
    expect(unguardedEntries(file, 'actions')).toEqual(['b']);
  });
});

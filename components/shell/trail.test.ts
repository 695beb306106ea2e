import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx'))
    .map((entry) => join(entry.parentPath, entry.name));

test('the way that leads to a page is drawn in one place', () => {
  const drawn = [...files('app'), ...files('components')].filter((path) => /className="crumb/.test(readFileSync(path, 'utf8')));
  expect(drawn).toEqual([join('components', 'shell', 'trail.tsx')]);
});

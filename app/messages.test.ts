import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PERMISSIONS } from '@/domain/permissions';

const files = [...new Set(['en', 'zh-CN'].flatMap((language) => fs.readdirSync(path.join('messages', language))))];

// Every text by its dotted key.
function texts(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) => texts(inner, key === '' ? name : `${key}.${name}`));
}

const read = (language: string, file: string) => new Map(texts(JSON.parse(fs.readFileSync(path.join('messages', language, file), 'utf8'))));
// Arguments and tags; where a text has branches, the words inside them are none.
const PLAIN = /(?<=\{)\w+(?=\s*[},])|(?<=<)\w+(?=>)/g;
const BRANCHED = /(?<=(?<!(?:\bzero|\bone|\btwo|\bfew|\bmany|\bother|=\d+)\s*)\{)\w+(?=\s*[},])|(?<=<)\w+(?=>)/g;
const filled = (text: string) => [...new Set(text.match(/, (?:plural|select)/.test(text) ? BRANCHED : PLAIN))].sort();

test.each(files)('%s says the same things in both languages', (file) => {
  const [en, zh] = [read('en', file), read('zh-CN', file)];
  expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  for (const [key, text] of en) expect({ key, filled: filled(zh.get(key) ?? '') }).toEqual({ key, filled: filled(text) });
});

test('every permission has a name, for whoever holds it and whoever is refused', () => {
  for (const language of ['en', 'zh-CN']) {
    const names = read(language, 'states.json');
    for (const permission of PERMISSIONS)
      expect(names.has(`permission.${permission.replace(':', '_')}`), `${language} ${permission}`).toBe(true);
  }
});

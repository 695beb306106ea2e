import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SCREEN_MESSAGES } from '@/i18n/screen-messages';
import { clientMessagesOf } from '@/server/testing/client-messages';

const messages: Record<string, unknown> = Object.fromEntries(
  fs
    .readdirSync('messages/en')
    .map((name) => [name.replace('.json', ''), JSON.parse(fs.readFileSync(path.join('messages/en', name), 'utf8'))]),
);
const has = (key: string) => key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], messages) !== undefined;

const pages = fs
  .readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((name) => path.posix.join('app', name.replaceAll('\\', '/')))
  .filter((file) => /(?:^|\/)page\.tsx$/.test(file));
const screens = pages.map((page) => ({ page, ...clientMessagesOf(page, has) }));
const sentFor = (sends: readonly string[]) => sends.flatMap((screen) => SCREEN_MESSAGES[screen as keyof typeof SCREEN_MESSAGES] ?? []);
const covers = (sent: string, key: string) => key === sent || key.startsWith(`${sent}.`);

test.each(screens)('$page is sent every text that its client components ask for', ({ asked, sends }) => {
  const sent = sentFor(sends);
  expect(asked.filter((key) => !sent.some((one) => covers(one, key)))).toEqual([]);
});

test('no screen is sent a text that nobody asks for in the browser', () => {
  const idle = Object.entries(SCREEN_MESSAGES).flatMap(([screen, sent]) => {
    const asked = screens.filter(({ sends }) => sends.includes(screen)).flatMap((one) => one.asked);
    return sent.filter((path) => !asked.some((key) => covers(path, key))).map((path) => `${screen}: ${path}`);
  });
  expect(idle).toEqual([]);
});

test('what is sent exists', () => {
  for (const sent of Object.values(SCREEN_MESSAGES))
    for (const key of sent) expect({ key, exists: has(key) }).toEqual({ key, exists: true });
});

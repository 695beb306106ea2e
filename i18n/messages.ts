import 'server-only';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Locale } from '@/domain/locale';

type Messages = Record<string, Record<string, unknown>>;
type Held = { readonly stamp: string; readonly messages: Messages };
const held = new Map<Locale, Held>();

/** Every `messages/<locale>/<namespace>.json`, merged under its file's name. Read again when a file has changed. */
export async function messagesOf(locale: Locale): Promise<Messages> {
  const known = held.get(locale);
  if (known && process.env.NODE_ENV === 'production') return known.messages;
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), 'messages', locale);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const stamp = (await Promise.all(files.map(async (name) => `${name}@${(await stat(path.join(folder, name))).mtimeMs}`))).join();
  if (known?.stamp === stamp) return known.messages;
  const read = files.map(async (name) => [name.slice(0, -5), JSON.parse(await readFile(path.join(folder, name), 'utf8'))] as const);
  const messages: Messages = Object.fromEntries(await Promise.all(read));
  held.set(locale, { stamp, messages });
  return messages;
}

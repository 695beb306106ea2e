import { withSearch } from '@/domain/links';

/** What an action came to, carried in the address of the page that asked for it. */
export type Said = { readonly done?: string; readonly refused?: string; readonly count?: number; readonly refusedCount?: number };

/** The address to go back to, with what was said; only ever one of settlement's own pages. */
export function answerTo(back: string, { done, refused, count, refusedCount }: Said): string {
  const asked = new URL(back, 'http://settlement.invalid');
  const path = asked.host === 'settlement.invalid' && /^\/settlement(\/[\w-]+)*$/.test(asked.pathname) ? asked.pathname : '/settlement';
  const kept = Object.fromEntries([...asked.searchParams].filter(([name]) => !ANSWER.includes(name)));
  return withSearch(path, { ...kept, done, refused, n: count?.toString(), not: refusedCount?.toString() });
}

const ANSWER: readonly string[] = ['done', 'refused', 'n', 'not'];

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Reads back what {@link answerTo} wrote. */
export function saidIn(search: Search): Said | null {
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  const number = (name: string) => (/^\d{1,4}$/.test(one(name) ?? '') ? Number(one(name)) : undefined);
  const done = one('done');
  const refused = one('refused');
  if (done === undefined && refused === undefined) return null;
  const [count, refusedCount] = [number('n'), number('not')];
  return {
    ...(done === undefined ? {} : { done }),
    ...(refused === undefined ? {} : { refused }),
    ...(count === undefined ? {} : { count }),
    ...(refusedCount === undefined ? {} : { refusedCount }),
  };
}

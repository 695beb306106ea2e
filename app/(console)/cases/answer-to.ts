import { withSearch } from '@/domain/links';

/** What an action came to, carried in the address of the page that asked for it: it survives without scripts, and Back takes it away. */
export type Said = { readonly done?: string; readonly refused?: string };

/** The address to go back to, with what was said; only ever one of the cases' own pages. */
export function answerTo(back: string, { done, refused }: Said, anchor = ''): string {
  const asked = new URL(back, 'http://cases.invalid');
  const path = asked.host === 'cases.invalid' && /^\/cases(?:\/[\w-]+)*$/.test(asked.pathname) ? asked.pathname : '/cases';
  const kept = Object.fromEntries([...asked.searchParams].filter(([name]) => !GONE.includes(name)));
  return withSearch(path, { ...kept, done, refused }) + (anchor === '' ? '' : `#${anchor}`);
}

// A form that was answered is closed again.
const GONE: readonly string[] = ['done', 'refused', 'edit'];

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Reads back what {@link answerTo} wrote. */
export function saidIn({ done, refused }: Search): Said {
  return { ...(typeof done === 'string' ? { done } : {}), ...(typeof refused === 'string' ? { refused } : {}) };
}

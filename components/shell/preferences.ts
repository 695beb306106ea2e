'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';

export type Theme = 'light' | 'dark' | 'system';
const YEAR_S = 31_536_000;

function keep(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that overseers run.
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Shows the theme at once and keeps it for the next request, so that no page flashes. */
export function chooseTheme(theme: Theme): void {
  keep('headwater-theme', theme);
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.chosen = theme;
}

/** Keeps the language and renders the page anew in it; the address stays. */
export function useChooseLocale(): (locale: 'zh-CN' | 'en') => void {
  const router = useRouter();
  return useCallback(
    (locale) => {
      keep('headwater-locale', locale);
      document.documentElement.lang = locale;
      router.refresh();
    },
    [router],
  );
}

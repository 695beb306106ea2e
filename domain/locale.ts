/** The two languages are equals; Chinese is what a browser without a preference gets. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_COOKIE = 'headwater-locale';

/** The language of a request: what the person chose, else the first that the browser lists and we have, else Chinese. */
export function chosenLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie === 'zh-CN' || cookie === 'en') return cookie;
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';');
      return { tag: tag.toLowerCase(), quality: Number(quality.trim().slice(2)) || 0 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wishes) {
    if (quality <= 0) continue;
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}

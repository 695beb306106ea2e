import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

// "system" is settled before the first paint; a person's own choice is in the markup already.
const SETTLE_THEME = `document.documentElement.dataset.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'`;

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, jar, head] = await Promise.all([getLocale(), cookies(), headers()]);
  const chosen = jar.get('headwater-theme')?.value;
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  const nonce = head.get('x-nonce') ?? undefined;
  return (
    <html lang={locale} data-theme={theme === 'system' ? undefined : theme} data-chosen={theme} suppressHydrationWarning>
      <head>
        {theme === 'system' ? (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file, under the page's nonce.
          <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SETTLE_THEME }} />
        ) : null}
      </head>
      <body>
        {/* Texts are sent by ScreenMessages, part by part. */}
        <NextIntlClientProvider messages={{}}>
          <ScreenMessages of="everywhere">{children}</ScreenMessages>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

'use client';

import { NextIntlClientProvider, useLocale, useMessages } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { joinMessages, type MessageTree } from '@/i18n/pick-messages';

/** Adds texts to those that the parts around have sent already. */
export function MoreMessages({ messages, children }: { readonly messages: MessageTree; readonly children: ReactNode }) {
  const around = useMessages() as MessageTree;
  const locale = useLocale();
  const all = useMemo(() => joinMessages(around, messages), [around, messages]);
  return (
    <NextIntlClientProvider locale={locale} messages={all}>
      {children}
    </NextIntlClientProvider>
  );
}

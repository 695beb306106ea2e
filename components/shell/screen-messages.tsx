import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type MessageTree, pickMessages } from '@/i18n/pick-messages';
import { type MessagesPart, SCREEN_MESSAGES } from '@/i18n/screen-messages';
import { MoreMessages } from './more-messages';

/** Sends the browser the texts that client components of one part of the console ask for, and no others. */
export async function ScreenMessages({ of, children }: { readonly of: MessagesPart; readonly children: ReactNode }) {
  const messages = (await getMessages()) as MessageTree;
  return <MoreMessages messages={pickMessages(messages, SCREEN_MESSAGES[of])}>{children}</MoreMessages>;
}

'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { LiveProvider } from '../live/live-provider';
import { KeyHintsProvider } from './key-hints';
import { ShortcutsProvider } from './shortcuts';

type ConsoleProvidersProps = { readonly dataAt: string | null; readonly movedAt: string | null; readonly children: ReactNode };

/** What every page of the console may rely on: queries, address state, keys, the live contract. */
export function ConsoleProviders({ dataAt, movedAt, children }: ConsoleProvidersProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: false } } }));
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ShortcutsProvider>
          <KeyHintsProvider>
            <LiveProvider dataAt={dataAt} movedAt={movedAt}>
              {children}
            </LiveProvider>
          </KeyHintsProvider>
        </ShortcutsProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

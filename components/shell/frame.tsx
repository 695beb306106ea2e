'use client';

import type { ReactNode } from 'react';
import { useLive } from '../live/live-provider';

/** The grid of notice, navigation, bar and sheet; greys the sheet's figures while they are stale. */
export function Frame({ noticed, children }: { readonly noticed: boolean; readonly children: ReactNode }) {
  const live = useLive();
  return (
    <div className={noticed ? 'app' : 'app unnoticed'} data-live={live.moving ? live.state : 'fixed'}>
      {children}
    </div>
  );
}

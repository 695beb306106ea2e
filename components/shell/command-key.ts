'use client';

import { useSyncExternalStore } from 'react';

/** Which key opens the palette on this machine: ⌘ on Apple's, Ctrl elsewhere and until the browser has been asked. */
export function useCommandKey(): 'meta' | 'control' {
  return useSyncExternalStore(never, here, () => 'control');
}

// A machine does not change under the page.
const never = () => () => {};
const here = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? 'meta' : 'control');

import type { ReactNode } from 'react';
import { requireActor } from '@/server/session';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The page asks for itself. */
export default async function AlertsLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('alerts:view');
  return children;
}

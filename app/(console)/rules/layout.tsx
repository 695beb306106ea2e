import type { ReactNode } from 'react';
import { requireActor } from '@/server/session';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The pages ask for themselves. */
export default async function RulesLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('rules:view');
  return children;
}

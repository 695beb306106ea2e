import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { requireActor } from '@/server/session';
import './cases.css';

/** Asked above the list's loading state too, so that a refusal is answered 403 before anything is sent. The pages ask for themselves. */
export default async function CasesLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('cases:view');
  return <ScreenMessages of="cases">{children}</ScreenMessages>;
}

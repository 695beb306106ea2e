import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { requireActor } from '@/server/session';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The page asks for itself. */
export default async function InstitutionsLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('institutions:view');
  return <ScreenMessages of="institutions">{children}</ScreenMessages>;
}

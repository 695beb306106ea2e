import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { requireActor } from '@/server/session';
import './cutover.css';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The page asks for itself. */
export default async function CutOverLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('cutover:view');
  return <ScreenMessages of="cutover">{children}</ScreenMessages>;
}

import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { requireActor } from '@/server/session';
import './exports.css';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The page asks for itself. */
export default async function ExportsLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('exports:view');
  return <ScreenMessages of="exports">{children}</ScreenMessages>;
}

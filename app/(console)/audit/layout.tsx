import type { ReactNode } from 'react';
import { requireActor } from '@/server/session';
import './audit.css';

/** Asked above the loading state too, so that a refusal is answered 403 before anything is sent. The page asks for itself. */
export default async function AuditLayout({ children }: { readonly children: ReactNode }) {
  await requireActor('audit:view');
  return children;
}

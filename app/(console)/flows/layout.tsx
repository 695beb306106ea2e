import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import { requireActor } from '@/server/session';

/**
 * Asked above the loading states too, so that a refusal is answered 403 and a pair that is none 404 before anything is sent.
 * The pages ask for themselves.
 */
export default async function FlowsLayout({ children }: { readonly children: ReactNode }) {
  const actor = await requireActor('flows:view');
  const codes = pairOf((await headers()).get('x-address') ?? '');
  if (codes && (await institutionsByCode(actor, { codes, locale: 'en' })).length < new Set(codes).size) notFound();
  return <ScreenMessages of="flows">{children}</ScreenMessages>;
}

// A layout above a dynamic part is not given that part: the address says it.
function pairOf(address: string): readonly string[] | null {
  const [, payer, payee] = /^\/flows\/([^/?]+)\/([^/?]+)(?:\?|$)/.exec(address) ?? [];
  if (!payer || !payee) return null;
  try {
    return [decodeURIComponent(payer), decodeURIComponent(payee)];
  } catch {
    return [payer, payee];
  }
}

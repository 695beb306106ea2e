import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { askedTrace } from '@/app/(console)/trace/_server/asked-trace';
import { TracePage, traceParams } from '@/app/(console)/trace/_server/trace-page';
import { withSearch } from '@/domain/links';
import { backAddress } from '@/domain/transactions/transaction-path';
import { requireActor } from '@/server/session';

type PaymentTraceProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('trace'))('title') };
}

/** Where one payment's money went, or came from. */
export default async function PaymentTracePage({ params, searchParams }: PaymentTraceProps) {
  const actor = await requireActor('transactions:view');
  const [{ id }, search, t] = await Promise.all([params, searchParams, getTranslations('trace')]);
  const idOrKey = readId(id);
  const origin = { kind: 'transaction', idOrKey } as const;
  const asked = traceParams(search);
  const outcome = await askedTrace(actor, origin, asked);
  if (outcome.kind === 'not-found') notFound();
  const from = backAddress(search.from);
  const trail = [
    { href: from ?? '/transactions', words: t('crumbList') },
    { href: withSearch(`/transactions/${encodeURIComponent(idOrKey)}`, { from }), words: <span className="mono">{shortId(idOrKey)}</span> },
  ];
  return <TracePage {...{ actor, origin, outcome, trail }} path={`/transactions/${encodeURIComponent(idOrKey)}/trace`} params={asked} />;
}

function shortId(id: string): string {
  return id.length <= 20 ? id : `${id.slice(0, 9)}…${id.slice(-8)}`;
}

// A broken escape in the address is no id.
function readId(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('\0', '').slice(0, 100);
  } catch {
    return segment.slice(0, 100);
  }
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '@/server/session';
import { askedTrace } from './_server/asked-trace';
import { TracePage, traceParams } from './_server/trace-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('trace'))('titleSet') };
}

/** Where the money of accounts at a time, of payments, or of a set of both went, or came from. */
export default async function StartsTracePage({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const actor = await requireActor('transactions:view');
  const [search, t] = await Promise.all([searchParams, getTranslations('trace')]);
  const params = traceParams(search);
  const origin = { kind: 'starts', from: params.from } as const;
  const outcome = await askedTrace(actor, origin, params);
  if (outcome.kind === 'not-found') notFound();
  return <TracePage {...{ actor, origin, outcome, params }} path="/trace" trail={[{ href: '/transactions', words: t('crumbList') }]} />;
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { AddToCase } from '@/components/cases/add-to-case';
import { MiddleCut } from '@/components/figures/middle-cut';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { Chip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount } from '@/domain/format/count';
import { allows } from '@/domain/permissions';
import { breakSeverity } from '@/domain/tracing/payment-chain-breaks';
import { backAddress } from '@/domain/transactions/transaction-path';
import { newestData } from '@/server/queries/session/newest-data';
import { requireActor } from '@/server/session';
import { addItem, choicesFor } from '../../cases/add-actions';
import { Assertions } from './_components/assertions';
import { Crumbs } from './_components/crumbs';
import { Facts } from './_components/facts';
import { Hero } from './_components/hero';
import { LegFigure } from './_components/leg-figure';
import { RawMessage } from './_components/raw-message';
import { rawTexts } from './_components/raw-texts';
import { TraceLinks } from './_components/trace-links';
import { payment } from './payment';
import './transaction.css';

type TransactionPageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: TransactionPageProps): Promise<Metadata> {
  return { title: readId((await params).id) };
}

export default async function TransactionPage({ params, searchParams }: TransactionPageProps) {
  const actor = await requireActor('transactions:view');
  const [{ id }, search, locale, t, dataAt] = await Promise.all([
    params,
    searchParams,
    getLocale(),
    getTranslations('transactions.detail'),
    newestData(),
  ]);
  const found = await payment(actor, { idOrKey: readId(id), asOf: dataAt ?? new Date() });
  if (!found) notFound();
  const { transaction, chain, messages } = found;
  const worst = chain.breaks.some((one) => breakSeverity(one) === 'critical') ? 'critical' : 'major';
  return (
    <ScreenMessages of="payment">
      <div className="tx">
        <div className="head">
          <Crumbs actor={actor} from={backAddress(search.from)} />
          <h1 className="mono">
            <MiddleCut text={transaction.id} />
          </h1>
          <CopyButton value={transaction.id} what={t('copy.id')} />
          {chain.breaks.length > 0 ? (
            <Chip tone={worst}>
              <SeverityGlyph severity={worst} size={11} />
              {t('breaks', { count: formatCount(chain.breaks.length) })}
            </Chip>
          ) : null}
          <span className="sp" />
          {transaction.status === 'succeeded' ? <TraceLinks transaction={transaction} from={backAddress(search.from)} /> : null}
          {allows(actor.role, 'cases:work') ? (
            <AddToCase item={{ kind: 'transactions', keys: [transaction.key] }} choices={choicesFor} add={addItem} />
          ) : null}
          <RawMessage texts={rawTexts(found, messages, t)} />
        </div>
        <Hero found={found} locale={locale} />
        <LegFigure found={found} locale={locale} />
        <Facts found={found} locale={locale} mayReveal={allows(actor.role, 'accounts:reveal')} />
        <Assertions found={found} locale={locale} />
      </div>
    </ScreenMessages>
  );
}

// A broken escape in the address is no id.
function readId(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('\0', '').slice(0, 100);
  } catch {
    return segment.slice(0, 100);
  }
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { TransactionTable } from '@/components/tables/transaction-table';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { filterQuery, type Misread } from '@/domain/transactions/transaction-filter';
import { transactionPath } from '@/domain/transactions/transaction-path';
import { totalsWire } from '@/domain/transactions/transaction-totals';
import { pageContext, type SearchParams } from '@/server/page-context';
import { transactionRows } from '@/server/queries/transactions/transaction-rows';
import { transactionTotals } from '@/server/queries/transactions/transaction-totals';
import { requireActor } from '@/server/session';
import { askForExport, promiseExport } from '../exports/actions';
import { ExportButton } from './_components/export-button';
import { FilterBar } from './_components/filter-bar';
import { ListEmpty } from './_components/list-empty';
import { ListSkeleton } from './_components/list-skeleton';
import { MatchNotice } from './_components/match-notice';
import { SearchBox } from './_components/search-box';
import { TotalsTable } from './_components/totals-table';
import { moreTransactions, searchTransactions, suggestInstitutions } from './actions';
import { listQuestion, listRange, setFilters } from './list-question';
import './transactions.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('transactions');
  return { title: t('title') };
}

const FIRST_ROWS = 100;

export default async function TransactionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('transactions:view');
  const t = await getTranslations('transactions');
  return (
    <ScreenMessages of="transactions">
      <div className="txs">
        <div className="head">
          <h1>{t('title')}</h1>
          <SearchBox search={searchTransactions} />
        </div>
        <Suspense fallback={<ListSkeleton />}>
          <List actor={actor} searchParams={searchParams} />
        </Suspense>
      </div>
    </ScreenMessages>
  );
}

async function List({ actor, searchParams }: { actor: Awaited<ReturnType<typeof requireActor>>; searchParams: SearchParams }) {
  const [context, params] = await Promise.all([pageContext(actor, searchParams), searchParams]);
  const { currency, locale } = context;
  const dataAt = context.dataAt ?? new Date();
  const range = listRange({ ...context, dataAt });
  const question = await listQuestion(actor, { params, range, currency, locale });
  if (question.match?.kind === 'one') redirect(transactionPath(question.match));

  const query = filterQuery(params);
  const totals = transactionTotals(actor, { scope: question.scope, dataAt }).then(totalsWire);
  // Awaited below inside a boundary of its own; a fault must not go unheard before that.
  totals.catch(() => {});
  const page = await transactionRows(actor, { scope: question.scope, after: null, limit: FIRST_ROWS, locale });
  const filters = setFilters(question.filter);
  const address = withSearch('/transactions', Object.fromEntries(query));
  return (
    <>
      <FilterBar
        filter={{
          currency: question.filter.currency ?? null,
          payers: named(question.filter.payers, question.institutions),
          payees: named(question.filter.payees, question.institutions),
          institutions: named(question.filter.institutions, question.institutions),
          intermediaries: named(question.filter.intermediaries, question.institutions),
          types: question.filter.types,
          statuses: question.filter.statuses,
          route: question.filter.route ?? null,
          final: question.filter.final ?? null,
          accounts: question.filter.accounts,
          minMinor: question.filter.minMinor?.toString() ?? null,
          maxMinor: question.filter.maxMinor?.toString() ?? null,
          q: question.filter.q,
        }}
        misread={question.misread}
        amountCurrency={currency}
        suggest={suggestInstitutions}
      />
      <MatchNotice question={question} />
      {allows(actor.role, 'exports:request') ? (
        <div className="txs-export">
          <ExportButton
            list={{
              search: query.toString(),
              currency,
              from: question.scope.range.from.toISOString(),
              to: question.scope.range.to.toISOString(),
            }}
            mayReveal={allows(actor.role, 'accounts:reveal')}
            promise={promiseExport}
            ask={askForExport}
          />
        </div>
      ) : null}
      <Suspense key={`totals of ${address}`} fallback={<TotalsTable totals={null} params={params} />}>
        <Totals totals={totals} params={params} />
      </Suspense>
      <TransactionTable
        key={address}
        address={address}
        first={page}
        range={{ from: question.scope.range.from.toISOString(), to: question.scope.range.to.toISOString() }}
        currency={currency}
        oneCurrency={question.filter.currency ?? (context.currencies.length === 1 ? currency : null)}
        totals={totals}
        more={moreTransactions}
        empty={
          <ListEmpty
            filtered={filters.length > 0}
            currency={currency}
            hasData={context.dataAt !== null}
            match={question.match}
            misread={question.misread}
            understood={withoutMisread(query, question.misread)}
            q={question.filter.q}
            range={query.get('range')}
          />
        }
      />
    </>
  );
}

async function Totals({ totals, params }: { totals: Promise<ReturnType<typeof totalsWire>>; params: Awaited<SearchParams> }) {
  return <TotalsTable totals={await totals} params={params} />;
}

// The address again with only what could be read of it.
function withoutMisread(query: URLSearchParams, misread: readonly Misread[]): string {
  const rest = Object.fromEntries(misread.map(({ key, rest }) => [key, rest ?? undefined]));
  return withSearch('/transactions', { ...Object.fromEntries(query), ...rest });
}

function named(codes: readonly string[], institutions: readonly { readonly code: string; readonly name: string }[]) {
  return codes.map((code) => ({ code, name: institutions.find((one) => one.code === code)?.name ?? code }));
}

import { getLocale, getTranslations } from 'next-intl/server';
import { Trail } from '@/components/shell/trail';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { countOf } from '@/domain/transactions/transaction-totals';
import { pageContext } from '@/server/page-context';
import { transactionTotals } from '@/server/queries/transactions/transaction-totals';
import type { Actor } from '@/server/session';
import { listQuestion, listRange } from '../../list-question';

/** The way one came: the pair, where the list was of one pair, then the list with its count. */
export async function Crumbs({ actor, from }: { readonly actor: Actor; readonly from: string | undefined }) {
  const [t, shell, locale] = await Promise.all([getTranslations('transactions.detail'), getTranslations('shell'), getLocale()]);
  const [path = '', search = ''] = (from ?? '/transactions').split('?');
  if (path !== '/transactions') {
    const screen = path.split('/')[1] as 'flows' | 'institutions' | 'overview' | 'quarantine' | 'cases';
    return <Trail steps={[{ href: from ?? path, words: shell(`screens.${screen}`) }]} />;
  }
  if (from === undefined || search === '') return <Trail steps={[{ href: '/transactions', words: t('crumbList') }]} />;
  const params = Object.fromEntries(new URLSearchParams(search));
  const context = await pageContext(actor, Promise.resolve(params));
  const dataAt = context.dataAt ?? new Date();
  const question = await listQuestion(actor, { params, range: listRange({ ...context, dataAt }), currency: context.currency, locale });
  const totals = await transactionTotals(actor, { scope: question.scope, dataAt });
  const name = (code: string | undefined) => question.institutions.find((one) => one.code === code)?.name;
  const { payers, payees } = question.filter;
  const [payer, payee] = [name(payers[0]), name(payees[0])];
  const links = [
    { href: from, words: totals.kind === 'exact' ? t('crumbCount', { count: formatCount(countOf(totals.byCurrency)) }) : t('crumbList') },
  ];
  if (payer && payee && payers.length === 1 && payees.length === 1)
    links.unshift({
      href: withSearch(`/flows/${payers[0]}/${payees[0]}`, { range: params.range, currency: params.currency }),
      words: `${payer} → ${payee}`,
    });
  return <Trail steps={links} />;
}

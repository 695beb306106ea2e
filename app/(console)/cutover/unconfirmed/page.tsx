import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { cutOverCellLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { dayWindow, WINDOW_DEFAULT } from '@/domain/cut-over/window';
import { formatCount } from '@/domain/format/count';
import { transactionLink } from '@/domain/links';
import { pageContext, type SearchParams } from '@/server/page-context';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { unconfirmedRecords } from '@/server/queries/cut-over/unconfirmed-records';
import { requireActor } from '@/server/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('records.title') };
}

/** The very clearing records of a cell that its bank's debits do not confirm. */
export default async function UnconfirmedPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search] = await Promise.all([getTranslations('cutover'), pageContext(actor, searchParams), searchParams]);
  const names = [...(await partyNames(context.locale)).values()];
  const otherwise = dayWindow(new Date(), WINDOW_DEFAULT);
  const one = (name: string) => {
    const value = search[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const day = (name: 'from' | 'to') => (/^\d{4}-\d{2}-\d{2}$/.test(one(name) ?? '') ? (one(name) as string) : otherwise[name]);
  const payment = names.find(({ code, kind }) => code === one('institution') && kind === 'payment');
  const bank = names.find(({ code, kind }) => code === one('bank') && kind === 'bank');
  const businessType = BUSINESS_TYPES.find((type) => type === one('type'));
  if (!payment || !bank || !businessType) notFound();
  const { currency } = context;
  const span = { from: day('from'), to: day('to') };
  const { rows, count, minor } = await unconfirmedRecords(actor, {
    ...span,
    institutionId: payment.id,
    bankId: bank.id,
    businessType,
    currency,
  });
  const link = { institution: payment.code, bank: bank.code, businessType };
  return (
    <div className="co">
      <PageHead
        trail={[
          { href: cutOverLink(), words: t('title') },
          { href: cutOverCellLink(link), words: `${payment.short} × ${bank.short} · ${t(`type.${businessType}`)}` },
        ]}
        title={t('records.title')}
      />
      <div className="sub">
        <span className="chip">{span.from === span.to ? span.from : `${span.from} – ${span.to}`}</span>
        <span className="meta only-l">{t('records.lead')}</span>
        <span className="sp" />
        <span className="strong nowrap">
          {t('records.total', { count: formatCount(count) })} · <Amount minor={minor} currency={currency} withUnit />
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty why={t('records.empty')} />
      ) : (
        <div className="co-scroll fill">
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('records.at')}</th>
                <th>{t('records.id')}</th>
                <th>{t('column.type')}</th>
                <th className="num">{t('debits.amount', { currency })}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.transactionId}>
                  <td>
                    <BusinessTime at={row.acceptedAt} />
                  </td>
                  <td className="mono">
                    <Link className="fig" href={transactionLink(row.transactionId)} prefetch={false}>
                      {row.transactionId}
                    </Link>
                  </td>
                  <td>{t(`type.${row.businessType}`)}</td>
                  <td className="num">
                    <Amount minor={row.amountMinor} currency={currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="foot">
        <span>{t('debits.foot', { shown: formatCount(rows.length), total: formatCount(count) })}</span>
        <span className="only-l">{t('debits.order')}</span>
      </div>
    </div>
  );
}

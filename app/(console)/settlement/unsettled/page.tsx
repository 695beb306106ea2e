import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { amountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { transactionsLink, withSearch } from '@/domain/links';
import { AGE_BANDS, ageBand } from '@/domain/settlement/unsettled-age';
import { pageContext, type SearchParams } from '@/server/page-context';
import { unsettledSessions } from '@/server/queries/settlement/unsettled-sessions';
import { requireActor } from '@/server/session';
import { sharedOf } from '../shared-search';
import '../settlement.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: `${t('age.title')} · ${t('title')}` };
}

/** The sessions that value not final yet lies in, one age or all: they add up to what the board says of that age. */
export default async function UnsettledPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('settlement:view');
  const [t, context, search] = await Promise.all([getTranslations('settlement'), pageContext(actor, searchParams), searchParams]);
  const { currency, locale } = context;
  const asOf = (context.dataAt ?? new Date()).getTime();
  const all = (await unsettledSessions(actor, { currency })).map((row) => ({ ...row, band: ageBand(row.cutOffAt.getTime(), asOf) }));
  const chosen = AGE_BANDS.find((band) => band === search.age);
  const rows = chosen === undefined ? all : all.filter(({ band }) => band === chosen);
  const minor = rows.reduce((sum, row) => sum + row.unsettledMinor, 0n);
  const payments = rows.reduce((sum, row) => sum + row.payments, 0);
  const shared = sharedOf(search);
  const unit = amountUnit(minor, currency, locale);
  const counted = (band: string) => all.filter((row) => row.band === band).length;
  return (
    <div className="st">
      <PageHead trail={[{ href: withSearch('/settlement', shared), words: t('page.crumb') }]} title={t('age.title')}>
        <span className="meta cut only-l">{t('age.lead')}</span>
      </PageHead>
      <div className="sub">
        <nav className="seg" aria-label={t('age.title')}>
          <Link
            href={withSearch('/settlement/unsettled', shared)}
            aria-current={chosen === undefined ? 'true' : undefined}
            prefetch={false}
          >
            {t('age.every')} <span className="t3">{formatCount(all.length)}</span>
          </Link>
          {AGE_BANDS.map((band) => (
            <Link
              key={band}
              href={withSearch('/settlement/unsettled', { ...shared, age: band })}
              aria-current={band === chosen ? 'true' : undefined}
              prefetch={false}
            >
              {t(`age.${band}`)} <span className="t3">{formatCount(counted(band))}</span>
            </Link>
          ))}
        </nav>
      </div>
      {rows.length === 0 ? (
        <Empty why={t('age.none')} />
      ) : (
        <section className="st-scroll fill" tabIndex={0} aria-label={t('age.title')}>
          <table className="tbl st-rows" data-testid="unsettled">
            <thead>
              <tr>
                <th>{t('column.session')}</th>
                <th className="only-l">{t('column.span')}</th>
                <th>{t('column.age')}</th>
                <th className="num only-l">{t('column.open')}</th>
                <th className="num">
                  {t('column.notFinal')}
                  <span className="unit">{amountUnitLabel(unit, locale)}</span>
                </th>
                <td className="fill-rest only-l" />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.no} data-minor={row.unsettledMinor.toString()}>
                  <td>
                    <Link className="fig strong" href={withSearch(`/settlement/${row.no}`, shared)} prefetch={false}>
                      {row.no}
                    </Link>
                  </td>
                  <td className="t2 only-l">
                    <BusinessTime at={row.opensAt} form="minute" />–<BusinessTime at={row.cutOffAt} form="minute" />
                  </td>
                  <td className="t2">
                    {t(`age.${row.band}`)} {row.measured ? null : <span className="t3">{t('age.unmeasured')}</span>}
                  </td>
                  <td className="num only-l">{formatCount(row.payments)}</td>
                  <td className="num">
                    <Link
                      className="fig"
                      href={transactionsLink({
                        range: { from: row.opensAt, to: row.cutOffAt },
                        currency,
                        status: ['succeeded'],
                        route: 'cleared',
                        final: 'no',
                      })}
                      prefetch={false}
                    >
                      <Amount minor={row.unsettledMinor} currency={currency} unit={unit} />
                    </Link>
                  </td>
                  <td className="only-l" />
                </tr>
              ))}
              <tr className="sum">
                <th scope="row">{t('age.sum')}</th>
                <td className="only-l" />
                <td />
                <td className="num strong only-l">{formatCount(payments)}</td>
                <td className="num strong" data-testid="unsettled-sum" data-minor={minor.toString()}>
                  <Amount minor={minor} currency={currency} unit={unit} />
                </td>
                <td />
              </tr>
            </tbody>
          </table>
        </section>
      )}
      <div className="foot">
        <span>{t('foot.unsettled', { count: formatCount(rows.length), of: formatCount(all.length) })}</span>
        <span className="sp" />
        <span className="only-l">{t('foot.currency', { currency })}</span>
      </div>
    </div>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { cutOverCellLink, cutOverLink, debitsLink } from '@/domain/cut-over/cut-over-links';
import { dayWindow, WINDOW_DEFAULT } from '@/domain/cut-over/window';
import { formatCount } from '@/domain/format/count';
import { transactionLink } from '@/domain/links';
import { maskReference } from '@/domain/transactions/masked-reference';
import { pageContext, type SearchParams } from '@/server/page-context';
import { DEBIT_KINDS, debitRows } from '@/server/queries/cut-over/debit-rows';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('debits.title') };
}

/** The very debits that a figure counted, with what the matching made of each. */
export default async function DebitsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search] = await Promise.all([getTranslations('cutover'), pageContext(actor, searchParams), searchParams]);
  const names = await partyNames(context.locale);
  const otherwise = dayWindow(new Date(), WINDOW_DEFAULT);
  const one = (name: string) => {
    const value = search[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const day = (name: 'from' | 'to') => (/^\d{4}-\d{2}-\d{2}$/.test(one(name) ?? '') ? (one(name) as string) : otherwise[name]);
  const filter = {
    kind: DEBIT_KINDS.find((kind) => kind === one('kind')) ?? 'all',
    institution: one('institution'),
    bank: one('bank'),
    type: BUSINESS_TYPES.find((type) => type === one('type')),
    from: day('from'),
    to: day('to'),
    currency: context.currency,
  };
  const { rows, count, minor } = await debitRows(actor, filter);
  const link = { ...filter, businessType: filter.type };
  const nameOf = (code: string | undefined) => [...names.values()].find((party) => party.code === code)?.short ?? code;
  return (
    <div className="co">
      <PageHead trail={[{ href: cutOverLink(), words: t('title') }]} title={t('debits.title')}>
        <span className="sp" />
        <span className="meta only-l">{t('debits.lead')}</span>
      </PageHead>
      <div className="sub">
        <nav className="seg" aria-label={t('debits.kind')}>
          {DEBIT_KINDS.map((kind) => (
            <Link
              key={kind}
              href={debitsLink({ ...given(link), kind })}
              aria-current={kind === filter.kind ? 'true' : undefined}
              prefetch={false}
            >
              {t(`debits.kinds.${kind}`)}
            </Link>
          ))}
        </nav>
        {filter.institution ? <span className="chip">{nameOf(filter.institution)}</span> : null}
        {filter.bank ? <span className="chip">{nameOf(filter.bank)}</span> : null}
        {filter.type ? <span className="chip">{t(`type.${filter.type}`)}</span> : null}
        <span className="chip">{filter.from === filter.to ? filter.from : `${filter.from} – ${filter.to}`}</span>
        <span className="sp" />
        <span className="strong nowrap">
          {t('debits.total', { count: formatCount(count) })} · <Amount minor={minor} currency={filter.currency} withUnit />
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty
          why={t('debits.empty')}
          todo={t('debits.emptyTodo')}
          action={
            <Link
              className="btn"
              href={debitsLink({ from: filter.from, to: filter.to, currency: filter.currency, kind: 'all' })}
              prefetch={false}
            >
              {t('clear')}
            </Link>
          }
        />
      ) : (
        <div className="co-scroll fill">
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('debits.at')}</th>
                <th>{t('column.bank')}</th>
                <th>{t('column.institution')}</th>
                <th>{t('column.type')}</th>
                <th>{t('debits.serial')}</th>
                <th className="num">{t('debits.amount', { currency: filter.currency })}</th>
                <th>{t('debits.verdict')}</th>
                <th>{t('debits.record')}</th>
                <th>{t('debits.agreement')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const [bank, institution] = [names.get(row.bankId), names.get(row.institutionId)];
                const nested = row.recordInstitutionId !== null && row.recordInstitutionId !== row.institutionId;
                return (
                  <tr key={`${row.bankId} ${row.serial}`}>
                    <td>
                      <BusinessTime at={row.debitedAt} />
                    </td>
                    <td>
                      {bank?.short} <span className="code">{bank?.code}</span>
                    </td>
                    <td>
                      <Link
                        className="fig"
                        href={cutOverCellLink({
                          institution: institution?.code ?? '',
                          bank: bank?.code ?? '',
                          businessType: row.businessType,
                        })}
                        prefetch={false}
                      >
                        {institution?.short}
                      </Link>{' '}
                      <span className="code">{institution?.code}</span>
                    </td>
                    <td>{t(`type.${row.businessType}`)}</td>
                    <td className="mono">{row.serial}</td>
                    <td className="num">
                      <Amount minor={row.amountMinor} currency={filter.currency} />
                    </td>
                    <td>
                      <span className="row">
                        <StateGlyph state={row.verdict === 'residual' ? 'down' : nested ? 'silent' : 'up'} />
                        {nested
                          ? t('debits.nested', { institution: names.get(row.recordInstitutionId ?? 0)?.short ?? '' })
                          : t(`reason.${row.reason}`)}
                      </span>
                    </td>
                    <td className="mono">
                      {row.recordId ? (
                        <Link className="fig" href={transactionLink(row.recordId)} prefetch={false}>
                          {row.recordId}
                        </Link>
                      ) : (
                        <span className="t3">{row.named ?? '—'}</span>
                      )}
                    </td>
                    <td className="mono t2">{row.agreementNo === null ? '—' : maskReference(row.agreementNo)}</td>
                  </tr>
                );
              })}
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

/** Without the keys that are not set. */
function given<T extends object>(filter: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

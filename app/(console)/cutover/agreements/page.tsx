import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { agreementsLink, cutOverCellLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { coverage } from '@/domain/cut-over/share';
import { dayWindow, WINDOW_DEFAULT } from '@/domain/cut-over/window';
import { formatCount } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import { maskReference } from '@/domain/transactions/masked-reference';
import { pageContext, type SearchParams } from '@/server/page-context';
import { agreementRows } from '@/server/queries/cut-over/agreement-rows';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('agreements.title') };
}

/** The agreements that a coverage counted: those that clearing knows by at least one record, and those it does not. */
export default async function AgreementsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('cutover:view');
  const [t, context, search] = await Promise.all([getTranslations('cutover'), pageContext(actor, searchParams), searchParams]);
  const names = await partyNames(context.locale);
  const otherwise = dayWindow(new Date(), WINDOW_DEFAULT);
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  const day = (name: 'from' | 'to') => (/^\d{4}-\d{2}-\d{2}$/.test(text(name) ?? '') ? (text(name) as string) : otherwise[name]);
  const known = (['yes', 'no'] as const).find((one) => one === text('known'));
  const [institution, bank] = [text('institution'), text('bank')];
  const type = BUSINESS_TYPES.find((one) => one === text('type'));
  const span = { from: day('from'), to: day('to'), currency: context.currency };
  const { rows, used, covered } = await agreementRows(actor, { ...span, known, institution, bank, type });
  const cell = { ...(institution ? { institution } : {}), ...(bank ? { bank } : {}), ...(type ? { businessType: type } : {}) };
  const nameOf = (code: string | undefined) => [...names.values()].find((party) => party.code === code)?.short ?? code;
  return (
    <div className="co">
      <PageHead trail={[{ href: cutOverLink(), words: t('title') }]} title={t('agreements.title')}>
        <span className="meta cut only-l">{t('agreements.lead')}</span>
      </PageHead>
      <div className="sub">
        <nav className="seg" aria-label={t('agreements.title')}>
          {([undefined, 'no', 'yes'] as const).map((one) => (
            <Link
              key={one ?? 'all'}
              href={agreementsLink({ ...span, ...cell, known: one })}
              aria-current={one === known ? 'true' : undefined}
              prefetch={false}
            >
              {t(`agreements.${one ?? 'all'}`)}
            </Link>
          ))}
        </nav>
        {institution ? <span className="chip">{nameOf(institution)}</span> : null}
        {bank ? <span className="chip">{nameOf(bank)}</span> : null}
        {type ? <span className="chip">{t(`type.${type}`)}</span> : null}
        <span className="chip">{span.from === span.to ? span.from : `${span.from} – ${span.to}`}</span>
        <span className="sp" />
        <span className="strong nowrap" data-testid="agreements-sum" data-used={used} data-covered={covered}>
          {t('agreements.sum', {
            covered: formatCount(covered),
            used: formatCount(used),
            share: formatPercent(coverage({ used, covered }), 1),
          })}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty why={t('agreements.none')} />
      ) : (
        <section className="co-scroll fill" tabIndex={0} aria-label={t('agreements.title')}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('debits.agreement')}</th>
                <th>{t('agreements.state')}</th>
                <th>{t('column.bank')}</th>
                <th>{t('column.institution')}</th>
                <th>{t('column.type')}</th>
                <th className="num">{t('agreements.debits')}</th>
                <th className="num">{t('agreements.matched')}</th>
                <th className="num">{t('debits.amount', { currency: span.currency })}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const [payer, payment] = [names.get(row.bankId), names.get(row.institutionId)];
                const codes = { institution: payment?.code ?? '', bank: payer?.code ?? '', businessType: row.businessType };
                return (
                  <tr key={`${row.institutionId} ${row.bankId} ${row.businessType} ${row.agreementNo}`}>
                    <td className="mono">{maskReference(row.agreementNo)}</td>
                    <td>
                      <span className="row">
                        <StateGlyph state={row.matched > 0 ? 'up' : 'down'} />
                        {t(row.matched > 0 ? 'agreements.yes' : 'agreements.no')}
                      </span>
                    </td>
                    <td>
                      {payer?.short} <span className="code">{payer?.code}</span>
                    </td>
                    <td>
                      <Link className="fig" href={cutOverCellLink(codes)} prefetch={false}>
                        {payment?.short}
                      </Link>{' '}
                      <span className="code">{payment?.code}</span>
                    </td>
                    <td>{t(`type.${row.businessType}`)}</td>
                    <td className="num">{formatCount(row.debits)}</td>
                    <td className="num">{formatCount(row.matched)}</td>
                    <td className="num">
                      <Amount minor={row.amountMinor} currency={span.currency} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      <div className="foot">
        <span>{t('agreements.foot', { shown: formatCount(rows.length), total: formatCount(used) })}</span>
        <span className="only-l">{t('agreements.order')}</span>
      </div>
    </div>
  );
}

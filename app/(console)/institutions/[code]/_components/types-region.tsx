import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { transactionsLink } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import type { CounterpartyFlow } from '@/server/queries/institutions/counterparties';
import type { Shared } from './shared';

/** What its money was for: each business type out and in, on one scale. */
export async function TypesRegion({ identity, context, window, flows }: Shared & { flows: readonly CounterpartyFlow[] }) {
  const t = await getTranslations('institutions');
  const { currency, locale } = context;
  const sum = (type: string, direction: string) =>
    flows.reduce((total, flow) => (flow.type === type && flow.direction === direction ? total + flow.amountMinor : total), 0n);
  const types = BUSINESS_TYPES.map((type) => ({ type, out: sum(type, 'out'), in: sum(type, 'in') }))
    .filter((row) => row.out + row.in > 0n)
    .sort((a, b) => (a.out + a.in === b.out + b.in ? 0 : a.out + a.in > b.out + b.in ? -1 : 1));
  if (types.length === 0) return null;
  const largest = types.flatMap((row) => [row.out, row.in]).sort((a, b) => (a < b ? 1 : -1))[0] ?? 0n;
  const unit = amountUnit(largest, currency, locale);
  const width = (minor: bigint) => `${(ratioPpm(minor, largest) ?? 0) / 10_000}%`;
  return (
    <section className="region r-t">
      <div className="cap">
        <h2>{t('page.types')}</h2>
        <span className="meta">{amountUnitLabel(unit, locale)}</span>
      </div>
      <table className="tbl ip-types">
        <thead>
          <tr>
            <th scope="col">{t('page.typeHead')}</th>
            {(['in', 'out'] as const).map((direction) => (
              <th key={direction} scope="col" className="num">
                {t(`page.${direction}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {types.map((row) => (
            <tr key={row.type}>
              <th scope="row">{t(`page.type.${row.type}`)}</th>
              {(['in', 'out'] as const).map((direction) => (
                <td key={direction} className="num">
                  <span className={`ip-bar ${direction}`} style={{ width: width(row[direction]) }} aria-hidden="true" />
                  <Link
                    prefetch={false}
                    className="fig"
                    title={exactAmount(row[direction], currency, locale)}
                    href={transactionsLink({
                      range: window.rows,
                      currency,
                      type: [row.type],
                      status: ['succeeded'],
                      ...(direction === 'out' ? { payer: [identity.code] } : { payee: [identity.code] }),
                    })}
                  >
                    {row[direction] === 0n ? '—' : formatAmount(row[direction], unit, locale)}
                  </Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { barShares } from '@/domain/flows/bar-shares';
import { changeOf } from '@/domain/flows/change';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, paymentsLink } from '@/domain/flows/flow-links';
import { successRate } from '@/domain/flows/pair-flow';
import type { Compare } from '@/domain/time-range';
import type { TypePart } from '@/server/queries/flows/pair-breakdown';
import { Change } from '../../../_components/change';

/** Business types of the pair: parts that add up to its amount. */
export async function PairTypes({
  parts,
  filter,
  base,
  compare,
  figures,
}: {
  parts: readonly TypePart[];
  filter: { readonly payers: readonly string[]; readonly payees: readonly string[] };
  base: FlowLinkBase;
  compare: Compare;
  figures: FlowFigures;
}) {
  const t = await getTranslations('flows');
  const unit = figures.unitOf(parts.map((part) => part.amount));
  const bars = barShares(parts.map((part) => part.amount));
  return (
    <section className="region pair-types">
      <div className="cap">
        <h2>{t('pair.types')}</h2>
        <span className="meta">{figures.labelOf(unit)}</span>
      </div>
      <div className="pair-scroll">
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('pair.type')}</th>
              <th className="num">{figures.labelOf(unit)}</th>
              {compare !== 'none' && <th className="num">{t(`compare.short.${compare}`)}</th>}
              <th className="num">{t('pair.payments')}</th>
              <th className="num">{t('pair.success')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part, i) => {
              const rate = successRate(part);
              const typed = { ...base, types: [part.type] };
              return (
                <tr key={part.type}>
                  <td className="barred">
                    {t(`types.${part.type}`)}
                    <i style={{ width: `${((bars[i] ?? 0) * 100).toFixed(1)}%` }} />
                  </td>
                  <td className="num">
                    <Link
                      className="fig"
                      prefetch={false}
                      title={figures.exact(part.amount)}
                      href={paymentsLink(typed, { ...filter, succeededOnly: true })}
                    >
                      {figures.inUnit(part.amount, unit)}
                    </Link>
                  </td>
                  {compare !== 'none' && (
                    <td className="num">
                      <Change of={changeOf(part.endedAmount, part.beforeAmount)} />
                    </td>
                  )}
                  <td className="num">
                    <Link className="fig" prefetch={false} href={paymentsLink(typed, { ...filter, succeededOnly: true })}>
                      {figures.count(part.succeeded)}
                    </Link>
                  </td>
                  <td className="num">{rate === null ? '—' : figures.percent(rate)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

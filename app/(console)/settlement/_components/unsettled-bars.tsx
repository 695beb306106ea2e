import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { type AmountUnit, amountUnitLabel, type FormatLocale } from '@/domain/format/amount';
import { withSearch } from '@/domain/links';
import { shareOf } from '@/domain/money';
import { extremes } from '@/domain/settlement/extremes';
import type { UnsettledBand } from '@/domain/settlement/unsettled-age';

/** Value that may still be revoked, by how long ago its session was cut off; each opens the sessions that it lies in. */
export function UnsettledBars({
  shared,
  bands,
  currency,
  unit,
  locale,
}: {
  readonly shared: Readonly<Record<string, string | undefined>>;
  readonly bands: readonly UnsettledBand[];
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly locale: FormatLocale;
}) {
  const t = useTranslations('settlement');
  const most = extremes(bands.map(({ minor }) => minor)).highest;
  const sum = bands.reduce((all, { minor }) => all + minor, 0n);
  return (
    <section className="st-part" aria-label={t('age.title')}>
      <div className="cap">
        <h2>{t('age.title')}</h2>
        <span className="meta">
          {amountUnitLabel(unit, locale)} · {t('age.meta')}
        </span>
      </div>
      <table className="st-bars">
        <tbody>
          {bands.map(({ band, minor, sessions }) => (
            <tr key={band} data-band={band}>
              <th scope="row">{t(`age.${band}`)}</th>
              <td className="st-bar" aria-hidden="true">
                {minor === 0n ? null : (
                  <span
                    className={band === 'older' || band === 'under-3d' ? 'aged' : undefined}
                    style={{ width: `${shareOf(minor, most) * 100}%` }}
                  />
                )}
              </td>
              <td className="num">
                {minor === 0n ? (
                  <span className="t3">
                    <Amount minor={minor} currency={currency} unit={unit} />
                  </span>
                ) : (
                  <Link className="fig" href={withSearch('/settlement/unsettled', { ...shared, age: band })} prefetch={false}>
                    <Amount minor={minor} currency={currency} unit={unit} />
                  </Link>
                )}
              </td>
              <td className="num t3">{t('age.sessions', { count: sessions })}</td>
            </tr>
          ))}
          <tr className="sum">
            <th scope="row">{t('age.sum')}</th>
            <td />
            <td className="num strong">
              <Link className="fig" href={withSearch('/settlement/unsettled', shared)} prefetch={false}>
                <Amount minor={sum} currency={currency} unit={unit} />
              </Link>
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  );
}

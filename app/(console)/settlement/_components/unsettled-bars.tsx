import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { type AmountUnit, amountUnitLabel, type FormatLocale } from '@/domain/format/amount';
import { shareOf } from '@/domain/money';
import { extremes } from '@/domain/settlement/extremes';
import type { UnsettledBand } from '@/domain/settlement/unsettled-age';

/** Value that may still be revoked, by how long ago its session was cut off. */
export function UnsettledBars({
  bands,
  currency,
  unit,
  locale,
}: {
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
                <Amount minor={minor} currency={currency} unit={unit} />
              </td>
              <td className="num t3">{t('age.sessions', { count: sessions })}</td>
            </tr>
          ))}
          <tr className="sum">
            <th scope="row">{t('age.sum')}</th>
            <td />
            <td className="num strong">
              <Amount minor={sum} currency={currency} unit={unit} />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  );
}

import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatCount } from '@/domain/format/count';
import { shareOf } from '@/domain/money';
import { extremes } from '@/domain/settlement/extremes';
import type { SessionSums } from '@/domain/settlement/net-position';

/** Σ NP as a figure with its working: what is to be received, what is to be paid, and that the two are equal. */
export function Sigma({ sums, currency }: { readonly sums: SessionSums; readonly currency: string }) {
  const t = useTranslations('settlement');
  const { sumMinor, receivingMinor, payingMinor, receiving, paying, flat } = sums;
  const most = extremes([receivingMinor, -payingMinor]).highest;
  return (
    <section className="st-sigma" id="sigma" aria-label={t('sigma.title')}>
      <p className={sumMinor === 0n ? 'total' : 'total st-wrong'} data-testid="sigma" data-sum={sumMinor.toString()}>
        <span className="t2">Σ NP =</span> <Amount minor={sumMinor} currency={currency} withUnit />
      </p>
      <p className="working">
        <span className="in">
          + <Amount minor={receivingMinor} currency={currency} />
        </span>
        <span className="meta">{t('sigma.receiving', { count: formatCount(receiving) })}</span>
        <span className="out">
          − <Amount minor={-payingMinor} currency={currency} />
        </span>
        <span className="meta">
          {t('sigma.paying', { count: formatCount(paying) })} · {t('sigma.flat', { count: formatCount(flat) })}
        </span>
        <span className="row">
          <SeverityGlyph severity={sumMinor === 0n ? 'info' : 'critical'} />
          {sumMinor === 0n ? t('sigma.balanced') : t('sigma.unbalanced')}
        </span>
      </p>
      <div className="st-balance" aria-hidden="true">
        <span className="out" style={{ width: `${shareOf(-payingMinor, most) * 100}%` }} />
        <span className="in" style={{ width: `${shareOf(receivingMinor, most) * 100}%` }} />
      </div>
    </section>
  );
}

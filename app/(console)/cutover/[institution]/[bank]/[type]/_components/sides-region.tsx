import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import type { BusinessType } from '@/domain/clearing/transaction';
import { cellState } from '@/domain/cut-over/cell-state';
import { agreementsLink, clearedLink, debitsLink, unconfirmedLink } from '@/domain/cut-over/cut-over-links';
import { coverage as coverageOf, migratedShare } from '@/domain/cut-over/share';
import type { DayWindow } from '@/domain/cut-over/window';
import { amountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import type { AgreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import type { CellDayRow } from '@/server/queries/cut-over/cell-days';
import type { CutOverCell } from '@/server/queries/cut-over/cut-over-cells';
import { CellGlyph } from '../../../../_components/cell-glyph';

type SidesRegionProps = {
  readonly days: readonly CellDayRow[];
  readonly summary: CutOverCell | undefined;
  readonly coverage: AgreementCoverage | undefined;
  readonly window: DayWindow;
  readonly currency: string;
  readonly link: { readonly institution: string; readonly bank: string; readonly businessType: BusinessType };
  readonly names: { readonly institution: string; readonly bank: string };
  readonly minimumDays: number;
};

/** What three parties say of the same payments, side by side; only what disagrees is coloured. */
export async function SidesRegion({ days, summary, coverage, window, currency, link, names, minimumDays }: SidesRegionProps) {
  const [t, locale] = await Promise.all([getTranslations('cutover'), getLocale()]);
  const format = locale === 'en' ? 'en' : 'zh-CN';
  const total = (of: (day: CellDayRow) => bigint | null) => days.reduce((sum, day) => sum + (of(day) ?? 0n), 0n);
  const said = (side: 'bank' | 'institution') => days.filter((day) => day[`${side}DeclaredAt`] !== null).length;
  const cleared = { count: total((day) => day.clearedCount), minor: total((day) => day.clearedMinor) };
  const residual = { count: total((day) => day.residualCount), minor: total((day) => day.residualMinor) };
  const debits = { count: total((day) => day.debitCount), minor: total((day) => day.debitMinor) };
  const bank = {
    cleared: { count: total((day) => day.bankClearedCount), minor: total((day) => day.bankClearedMinor) },
    direct: { count: total((day) => day.bankDirectCount), minor: total((day) => day.bankDirectMinor) },
  };
  const institution = {
    cleared: { count: total((day) => day.institutionClearedCount), minor: total((day) => day.institutionClearedMinor) },
    direct: { count: total((day) => day.institutionDirectCount), minor: total((day) => day.institutionDirectMinor) },
  };
  const unit = amountUnit([cleared.minor, debits.minor, bank.cleared.minor, institution.cleared.minor], currency, format);
  const state = summary ? cellState(summary, minimumDays) : 'unproven';
  const span = { from: window.from, to: window.to, currency };
  const last = days.at(-1);
  const sum = ({ count, minor }: { count: bigint; minor: bigint }) => (
    <>
      {formatCount(count)} <span className="t3">·</span> <Amount minor={minor} currency={currency} unit={unit} />
    </>
  );
  const differs = (a: { count: bigint; minor: bigint }) =>
    a.count !== cleared.count || a.minor !== cleared.minor ? 'num co-differs' : 'num';
  return (
    <section>
      <p className="co-sentence">
        <CellGlyph state={state} />
        <span>{t(`verdict.${state}`, { days: summary?.daysAtZero ?? 0, count: formatCount(residual.count) })}</span>
      </p>
      <dl className="co-facts">
        <div>
          <dt>{t('column.shareCount')}</dt>
          <dd className="co-figure">{formatPercent(migratedShare(cleared.count, residual.count), 3)}</dd>
        </div>
        <div>
          <dt>{t('column.shareValue')}</dt>
          <dd className="co-figure">{formatPercent(migratedShare(cleared.minor, residual.minor), 3)}</dd>
        </div>
        <div>
          <dt>{t('column.residual')}</dt>
          <dd className="co-figure">
            <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'residual' })} prefetch={false}>
              {formatCount(residual.count)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t('column.coverage')}</dt>
          <dd className="co-figure">
            {coverage ? (
              <Link className="fig" href={agreementsLink({ ...link, from: window.from, to: window.to, currency })} prefetch={false}>
                {formatPercent(coverageOf(coverage), 1)}
              </Link>
            ) : (
              '—'
            )}
          </dd>
        </div>
        <div>
          <dt>{t('column.daysAtZero')}</dt>
          <dd className="co-figure">
            <a className="fig" href="#days">
              {summary?.daysAtZero ?? 0}
            </a>
          </dd>
        </div>
      </dl>
      <div className="cap">
        <h2>{t('sides.title')}</h2>
        <span className="meta">{t('sides.unit', { days: window.days, unit: amountUnitLabel(unit, format) })}</span>
      </div>
      <div className="co-scroll">
        <table className="tbl co-sides">
          <thead>
            <tr>
              <th />
              <th className="num">
                {t('sides.institution')} <span className="code">{names.institution}</span>
              </th>
              <th className="num">
                {t('sides.bank')} <span className="code">{names.bank}</span>
              </th>
              <th className="num">{t('sides.clearing')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('sides.cleared')}</th>
              <td className={said('institution') > 0 ? differs(institution.cleared) : 'num'}>
                {said('institution') > 0 ? sum(institution.cleared) : t('sides.nothing')}
              </td>
              <td className={said('bank') > 0 ? differs(bank.cleared) : 'num'}>
                {said('bank') > 0 ? sum(bank.cleared) : t('sides.nothing')}
              </td>
              <td className="num">
                <Link className="fig" href={clearedLink({ ...link, ...span })} prefetch={false}>
                  {sum(cleared)}
                </Link>
              </td>
            </tr>
            <tr>
              <th scope="row">{t('sides.direct')}</th>
              <td className={institution.direct.count > 0n ? 'num co-bad' : 'num'}>
                {said('institution') > 0 ? sum(institution.direct) : t('sides.nothing')}
              </td>
              <td className={bank.direct.count > 0n ? 'num co-bad' : 'num'}>{said('bank') > 0 ? sum(bank.direct) : t('sides.nothing')}</td>
              <td className="num t3">{t('sides.unseen')}</td>
            </tr>
            <tr>
              <th scope="row">{t('sides.single')}</th>
              <td className="num t3">—</td>
              <td className={said('bank') > 0 && debits.count !== bank.cleared.count + bank.direct.count ? 'num co-differs' : 'num'}>
                <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'all' })} prefetch={false}>
                  {sum(debits)}
                </Link>
              </td>
              <td className="num">
                <Link className="fig" href={unconfirmedLink({ ...link, ...span })} prefetch={false}>
                  {t('sides.confirmed', { count: formatCount(total((day) => day.confirmedCount)), of: formatCount(cleared.count) })}
                </Link>
              </td>
            </tr>
            <tr>
              <th scope="row">{t('sides.residual')}</th>
              <td className="num t3">—</td>
              <td className={residual.count > 0n ? 'num co-bad' : 'num'}>
                <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'residual' })} prefetch={false}>
                  {sum(residual)}
                </Link>
              </td>
              <td className="num t3">—</td>
            </tr>
            <tr>
              <th scope="row">{t('sides.interface')}</th>
              <td className={last?.institutionInterface === 'open' ? 'num co-bad' : 'num'}>
                {last?.institutionInterface ? t(`interface.${last.institutionInterface}`) : t('sides.nothing')}
              </td>
              <td className={last?.bankInterface === 'open' ? 'num co-bad' : 'num'}>
                {last?.bankInterface ? t(`interface.${last.bankInterface}`) : t('sides.nothing')}
              </td>
              <td className="num t3">—</td>
            </tr>
            <tr>
              <th scope="row">{t('sides.days')}</th>
              <td className={said('institution') < window.days ? 'num co-doubt' : 'num'}>
                {t('daysOf', { days: said('institution'), of: window.days })}
              </td>
              <td className={said('bank') < window.days ? 'num co-doubt' : 'num'}>
                {t('daysOf', { days: said('bank'), of: window.days })}
              </td>
              <td className="num t3">—</td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { cellState, NESTED_MINIMUM } from '@/domain/cut-over/cell-state';
import {
  agreementsLink,
  clearedLink,
  cutOverCellLink,
  cutOverInstitutionLink,
  debitsLink,
  unconfirmedLink,
} from '@/domain/cut-over/cut-over-links';
import { coverage, migratedShare } from '@/domain/cut-over/share';
import type { DayWindow } from '@/domain/cut-over/window';
import { type AmountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import type { AgreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import type { CutOverCell } from '@/server/queries/cut-over/cut-over-cells';
import type { PartyName } from '@/server/queries/cut-over/party-names';
import { CellGlyph } from './cell-glyph';
import { ShareBar } from './share-bar';

type CellTableProps = {
  readonly cells: readonly CutOverCell[];
  readonly coverages: readonly AgreementCoverage[];
  readonly names: ReadonlyMap<number, PartyName>;
  readonly window: DayWindow;
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly minimumDays: number;
  /** Cells of several institutions: each row names its own. */
  readonly mixed?: boolean;
};

/** Cells of one institution, one row a bank and business type; every figure leads to the rows that it counted. */
export async function CellTable({ cells, coverages, names, window, currency, unit, minimumDays, mixed = false }: CellTableProps) {
  const [t, locale] = await Promise.all([getTranslations('cutover'), getLocale()]);
  const unitLabel = amountUnitLabel(unit, locale === 'en' ? 'en' : 'zh-CN');
  const covered = new Map(coverages.map((one) => [`${one.institutionId} ${one.bankId} ${one.businessType}`, one]));
  return (
    <table className="tbl co-table">
      <thead>
        <tr>
          {mixed ? <th>{t('column.institution')}</th> : null}
          <th>{t('column.bank')}</th>
          <th>{t('column.type')}</th>
          <th>{t('column.shareCount')}</th>
          <th className="num">{t('column.shareValue')}</th>
          <th className="num">{t('column.cleared')}</th>
          <th className="num">{t('column.residual')}</th>
          <th className="num">{t('column.residualMinor', { unit: unitLabel })}</th>
          <th className="num">{t('column.unconfirmed')}</th>
          <th className="num">{t('column.nested')}</th>
          <th className="num">{t('column.coverage')}</th>
          <th className="num">{t('column.bankDays')}</th>
          <th className="num">{t('column.institutionDays')}</th>
          <th className="num">{t('column.daysAtZero')}</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => {
          const state = cellState(cell, minimumDays);
          const bank = names.get(cell.bankId);
          const codes = {
            institution: names.get(cell.institutionId)?.code ?? '',
            bank: bank?.code ?? '',
            businessType: cell.businessType,
          };
          const span = { from: window.from, to: window.to, currency };
          const agreements = covered.get(`${cell.institutionId} ${cell.bankId} ${cell.businessType}`);
          return (
            <tr key={`${cell.institutionId} ${cell.bankId} ${cell.businessType}`} data-state={state}>
              {mixed ? (
                <td>
                  <Link className="fig" href={cutOverInstitutionLink(codes.institution, { days: window.days })} prefetch={false}>
                    {names.get(cell.institutionId)?.short} <span className="code">{codes.institution}</span>
                  </Link>
                </td>
              ) : null}
              <td>
                <Link className="row" href={cutOverCellLink(codes, { days: window.days })} prefetch={false}>
                  <CellGlyph state={state} label={t(`state.${state}`)} />
                  <span>{bank?.short}</span>
                  <span className="code">{codes.bank}</span>
                </Link>
              </td>
              <td>{t(`type.${cell.businessType}`)}</td>
              <td>
                <ShareBar share={migratedShare(cell.clearedCount, cell.residualCount)} />
              </td>
              <td className="num">{formatPercent(migratedShare(cell.clearedMinor, cell.residualMinor))}</td>
              <td className="num">
                <Link className="fig" href={clearedLink({ ...codes, ...span })} prefetch={false}>
                  {formatCount(cell.clearedCount)}
                </Link>
              </td>
              <td className={cell.residualCount > 0n ? 'num co-bad' : 'num'}>
                <Link className="fig" href={debitsLink({ ...codes, ...span, kind: 'residual' })} prefetch={false}>
                  {formatCount(cell.residualCount)}
                </Link>
              </td>
              <td className="num">
                <Amount minor={cell.residualMinor} currency={currency} unit={unit} />
              </td>
              <td className={cell.unconfirmedCount > 0n ? 'num co-doubt' : 'num'}>
                <Link className="fig" href={unconfirmedLink({ ...codes, ...span })} prefetch={false}>
                  {formatCount(cell.unconfirmedCount)}
                </Link>
              </td>
              <td className={cell.nestedCount >= NESTED_MINIMUM ? 'num co-doubt' : 'num'}>
                <Link className="fig" href={debitsLink({ ...codes, ...span, kind: 'nested' })} prefetch={false}>
                  {formatCount(cell.nestedCount)}
                </Link>
              </td>
              <td className="num">
                {agreements ? (
                  <Link className="fig" href={agreementsLink({ ...codes, ...span })} prefetch={false}>
                    {formatPercent(coverage(agreements), 1)}
                  </Link>
                ) : (
                  '—'
                )}
              </td>
              <td className={cell.bankDays < window.days || cell.incompleteDays > 0 ? 'num co-doubt' : 'num'}>
                {cell.incompleteDays > 0
                  ? t('daysIncomplete', { days: cell.bankDays, of: window.days, incomplete: cell.incompleteDays })
                  : t('daysOf', { days: cell.bankDays, of: window.days })}
              </td>
              <td className={cell.institutionDays < window.days ? 'num co-doubt' : 'num'}>
                {t('daysOf', { days: cell.institutionDays, of: window.days })}
              </td>
              <td className="num">
                <Link className="fig" href={`${cutOverCellLink(codes, { days: window.days })}#days`} prefetch={false}>
                  {cell.daysAtZero}
                </Link>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { StateGlyph, type StateName } from '@/components/glyphs/state-glyph';
import type { BusinessType } from '@/domain/clearing/transaction';
import { clearedLink, debitsLink } from '@/domain/cut-over/cut-over-links';
import { addDays, type DayWindow } from '@/domain/cut-over/window';
import { formatCount } from '@/domain/format/count';
import type { CellDayRow } from '@/server/queries/cut-over/cell-days';

type DaysRegionProps = {
  readonly days: readonly CellDayRow[];
  readonly window: DayWindow;
  readonly currency: string;
  readonly link: { readonly institution: string; readonly bank: string; readonly businessType: BusinessType };
};

/** Every closed day of the window, newest first, with why it is or is not a day at zero. */
export async function DaysRegion({ days, window, currency, link }: DaysRegionProps) {
  const t = await getTranslations('cutover');
  const known = new Map(days.map((day) => [day.day, day]));
  const listed = Array.from({ length: window.days }, (_, n) => addDays(window.to, -n));
  return (
    <section id="days">
      <div className="cap">
        <h2>{t('days.title')}</h2>
        <span className="meta">{t('days.unit')}</span>
      </div>
      <div className="co-scroll">
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('column.day')}</th>
              <th>{t('days.verdict')}</th>
              <th className="num">{t('column.cleared')}</th>
              <th className="num">{t('days.debits')}</th>
              <th className="num">{t('column.residual')}</th>
              <th className="num">{t('days.residualMinor')}</th>
              <th className="num">{t('sides.bank')}</th>
              <th className="num">{t('sides.institution')}</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((name) => {
              const day = known.get(name);
              const verdict = verdictOf(day);
              const span = { from: name, to: name, currency };
              return (
                <tr key={name}>
                  <td>{name}</td>
                  <td>
                    <span className="row">
                      <StateGlyph state={SHAPES[verdict]} />
                      {t(`dayVerdict.${verdict}`)}
                    </span>
                  </td>
                  <td className="num">
                    <Link className="fig" href={clearedLink({ ...link, ...span })} prefetch={false}>
                      {formatCount(day?.clearedCount ?? 0n)}
                    </Link>
                  </td>
                  <td className="num">
                    <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'all' })} prefetch={false}>
                      {formatCount(day?.debitCount ?? 0n)}
                    </Link>
                  </td>
                  <td className={day && day.residualCount > 0n ? 'num co-bad' : 'num'}>
                    <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'residual' })} prefetch={false}>
                      {formatCount(day?.residualCount ?? 0n)}
                    </Link>
                  </td>
                  <td className="num">
                    <Amount minor={day?.residualMinor ?? 0n} currency={currency} />
                  </td>
                  <td className="num">{declared(day, 'bank')}</td>
                  <td className="num">{declared(day, 'institution')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );

  function declared(day: CellDayRow | undefined, side: 'bank' | 'institution') {
    if (!day || day[`${side}DeclaredAt`] === null) return <span className="t3">{t('sides.nothing')}</span>;
    const [cleared, direct] = [day[`${side}ClearedCount`] ?? 0n, day[`${side}DirectCount`] ?? 0n];
    return t('days.declared', { cleared: formatCount(cleared), direct: formatCount(direct) });
  }
}

type DayVerdict = 'zero' | 'residual' | 'declaredDirect' | 'notReported' | 'incomplete' | 'unconfirmed';
const SHAPES: Readonly<Record<DayVerdict, StateName>> = {
  zero: 'up',
  residual: 'down',
  declaredDirect: 'down',
  notReported: 'unknown',
  incomplete: 'degraded',
  unconfirmed: 'degraded',
};

function verdictOf(day: CellDayRow | undefined): DayVerdict {
  if (!day) return 'notReported';
  if (day.zero) return 'zero';
  if (day.residualCount > 0n) return 'residual';
  if (day.bankDeclaredAt === null) return 'notReported';
  if (
    day.debitCount !== (day.bankClearedCount ?? 0n) + (day.bankDirectCount ?? 0n) ||
    day.debitMinor !== (day.bankClearedMinor ?? 0n) + (day.bankDirectMinor ?? 0n)
  )
    return 'incomplete';
  return day.clearedCount === day.confirmedCount ? 'declaredDirect' : 'unconfirmed';
}

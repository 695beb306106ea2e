import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { cr5, hhi } from '@/domain/flows/concentration';
import { type AmountUnit, amountUnitLabel, exactAmount, type FormatLocale } from '@/domain/format/amount';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import { largestOut } from '@/domain/settlement/largest-out';
import { CONCENTRATED, shareholders } from '@/domain/settlement/shareholders';
import type { TimeRange } from '@/domain/time-range';
import type { CorridorRow } from '@/server/queries/settlement/corridors';
import type { Participant } from '@/server/queries/settlement/participants';

type ConcentrationProps = {
  readonly shared: Readonly<Record<string, string | undefined>>;
  readonly corridors: readonly CorridorRow[];
  /** Of one session: who could not pay whom can only be asked of one netting. */
  readonly session: { readonly no: string; readonly corridors: readonly CorridorRow[] } | null;
  readonly span: TimeRange;
  readonly people: ReadonlyMap<number, Participant>;
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly locale: FormatLocale;
};

const SHOWN = 5;

/** How much hangs on a few: shares of payers, payees and corridors, and what the largest debtor's default would do. */
export function Concentration({ shared, corridors, session, span, people, currency, unit, locale }: ConcentrationProps) {
  const t = useTranslations('settlement');
  const sides = CONCENTRATED.map((side) => [side, shareholders(corridors, side).map(({ minor }) => minor)] as const);
  const total = corridors.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const name = (id: number) => people.get(id)?.name ?? String(id);
  const code = (id: number) => people.get(id)?.code ?? '';
  return (
    <>
      <section className="st-part" aria-label={t('concentration.title')}>
        <div className="cap">
          <h2>{t('concentration.title')}</h2>
          <span className="meta">{t('concentration.meta')}</span>
        </div>
        <table className="tbl st-concentration">
          <thead>
            <tr>
              <th aria-label={t('concentration.title')} />
              <th className="num">{t('concentration.hhi')}</th>
              <th className="num">{t('concentration.cr5')} %</th>
            </tr>
          </thead>
          <tbody>
            {sides.map(([side, amounts]) => (
              <tr key={side} data-side={side}>
                <td>{t(`concentration.${side}`)}</td>
                <td className="num">
                  <Link className="fig" href={withSearch('/settlement/concentration', { ...shared, of: side })} prefetch={false}>
                    {figure(hhi(amounts), 0)}
                  </Link>
                </td>
                <td className="num">
                  <Link className="fig" href={withSearch('/settlement/concentration', { ...shared, of: side })} prefetch={false}>
                    {figure(percentOf(cr5(amounts)), 1)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="meta st-note">{t('concentration.scale')}</p>
        <div className="cap">
          <h2>{t('concentration.largest')}</h2>
          <span className="meta">
            {amountUnitLabel(unit, locale)} ·{' '}
            {t('concentration.of', { shown: Math.min(SHOWN, corridors.length), total: formatCount(corridors.length) })}
          </span>
        </div>
        <table className="tbl">
          <tbody>
            {corridors.slice(0, SHOWN).map(({ payerId, payeeId, amountMinor }) => (
              <tr key={`${payerId} ${payeeId}`}>
                <td className="cut" title={`${name(payerId)} → ${name(payeeId)}`}>
                  {name(payerId)} → {name(payeeId)}
                </td>
                <td className="num">
                  <Link
                    className="fig"
                    href={transactionsLink({
                      range: span,
                      currency,
                      payer: [code(payerId)],
                      payee: [code(payeeId)],
                      status: ['succeeded'],
                      route: 'cleared',
                    })}
                    prefetch={false}
                  >
                    <Amount minor={amountMinor} currency={currency} unit={unit} />
                  </Link>
                </td>
                <td className="num t3">{figure(percentOf((ratioPpm(amountMinor, total) ?? 0) / 1_000_000), 1)}%</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {session ? <LargestOut session={session} people={people} currency={currency} locale={locale} name={name} /> : null}
    </>
  );
}

function LargestOut({
  session,
  people,
  currency,
  locale,
  name,
}: Pick<ConcentrationProps, 'people' | 'currency' | 'locale'> & {
  readonly session: NonNullable<ConcentrationProps['session']>;
  readonly name: (id: number) => string;
}) {
  const t = useTranslations('settlement');
  const caps = new Map(
    [...people.values()].flatMap(({ id, capMinor, currency: own }) =>
      capMinor !== null && own === currency ? [[id, capMinor] as const] : [],
    ),
  );
  const stress = largestOut(session.corridors, caps);
  const exact = (minor: bigint) => exactAmount(minor, currency, locale);
  const most = stress?.hit[0];
  return (
    <section className="st-part" aria-label={t('concentration.out')}>
      <div className="cap">
        <h2>{t('concentration.out')}</h2>
        <span className="meta">{t('concentration.newest', { no: session.no })}</span>
      </div>
      {stress === null ? (
        <p className="st-note t2">{t('concentration.outNone')}</p>
      ) : (
        <ul className="st-note st-lines" data-stress={stress.shortfallMinor.toString()}>
          <li className="strong">
            {t('concentration.outWho', { name: name(stress.institutionId), amount: exact(stress.shortfallMinor) })}
          </li>
          <li>{t('concentration.outUnwound', { amount: exact(stress.unwoundMinor) })}</li>
          <li>{t('concentration.outHit', { count: stress.hit.length, over: stress.overCap.length })}</li>
          {most ? (
            <li className="t2">
              {t('concentration.outMost', {
                name: name(most.institutionId),
                before: exact(most.beforeMinor),
                after: exact(most.afterMinor),
              })}
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

function percentOf(share: number | null): number | null {
  return share === null ? null : share * 100;
}

function figure(value: number | null, decimals: number): string {
  return value === null ? '—' : formatDecimal(value, decimals);
}

/** Parts per million as percent digits, for columns that carry the sign in their head. */
export function percentCell(ppm: number | null): string {
  return ppm === null ? '—' : percentDigits(ppm, 1);
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { cr5, indexPoints, shareSquared } from '@/domain/flows/concentration';
import { amountUnit, amountUnitLabel } from '@/domain/format/amount';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import { CONCENTRATED, type Concentrated, shareholders } from '@/domain/settlement/shareholders';
import { pageContext, type SearchParams } from '@/server/page-context';
import { corridors } from '@/server/queries/settlement/corridors';
import { participants } from '@/server/queries/settlement/participants';
import { sessions } from '@/server/queries/settlement/sessions';
import { requireActor } from '@/server/session';
import { sharedOf } from '../shared-search';
import '../settlement.css';

const SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: `${t('concentration.title')} · ${t('title')}` };
}

/** Who holds how much of what was cleared, and what each adds to the index: the rows that HHI and CR5 are made of. */
export default async function ConcentrationPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('settlement:view');
  const [t, context, search] = await Promise.all([getTranslations('settlement'), pageContext(actor, searchParams), searchParams]);
  const { range, currency, locale } = context;
  const side: Concentrated = CONCENTRATED.find((one) => one === search.of) ?? 'payers';
  // A concentration of the whole platform says nothing of one institution's own corridors.
  const [pairs, people, held] =
    actor.institutionId === null
      ? await Promise.all([corridors(actor, { range, currency }), participants(actor, { locale }), sessions(actor, { range, currency })])
      : [[], new Map<number, { name: string; code: string }>(), []];
  const rows = shareholders(pairs, side);
  const total = rows.reduce((sum, { minor }) => sum + minor, 0n);
  const squares = rows.map(({ minor }) => (total === 0n ? 0n : shareSquared(minor, total)));
  const rest = squares.slice(SHOWN).reduce((sum, square) => sum + square, 0n);
  const restMinor = rows.slice(SHOWN).reduce((sum, { minor }) => sum + minor, 0n);
  const shared = sharedOf(search);
  const unit = amountUnit(rows[0]?.minor ?? 0n, currency, locale);
  const span = { from: held.at(-1)?.opensAt ?? range.from, to: held[0]?.cutOffAt ?? range.to };
  const name = (id: number) => people.get(id)?.name ?? String(id);
  const code = (id: number) => people.get(id)?.code ?? '';
  const five = cr5(rows.map(({ minor }) => minor));
  const share = (minor: bigint) => percentDigits(ratioPpm(minor, total) ?? 0, 2);
  const points = (square: bigint) => formatDecimal(indexPoints(square), 2);
  return (
    <div className="st">
      <PageHead trail={[{ href: withSearch('/settlement', shared), words: t('page.crumb') }]} title={t('concentration.title')}>
        <nav className="seg" aria-label={t('concentration.title')}>
          {CONCENTRATED.map((one) => (
            <Link
              key={one}
              href={withSearch('/settlement/concentration', { ...shared, of: one })}
              aria-current={one === side ? 'true' : undefined}
              prefetch={false}
            >
              {t(`concentration.${one}`)}
            </Link>
          ))}
        </nav>
        <span className="meta cut only-l">{t('concentration.formula')}</span>
      </PageHead>
      {rows.length === 0 ? (
        <Empty why={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <section className="st-scroll fill" tabIndex={0} aria-label={t('concentration.title')}>
          <table className="tbl st-rows" data-testid="concentration">
            <thead>
              <tr>
                <th className="num rank">#</th>
                <th>{t(`concentration.${side}`)}</th>
                <th className="num only-l">{t('column.payments')}</th>
                <th className="num">
                  {t('column.amount')}
                  <span className="unit">{amountUnitLabel(unit, locale)}</span>
                </th>
                <th className="num">{t('column.share')}</th>
                <th className="num only-l">{t('concentration.running')} %</th>
                <th className="num only-l">{t('concentration.points')}</th>
                <td className="fill-rest only-l" />
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map((row, i) => (
                <tr key={`${row.payerId} ${row.payeeId}`} className={i === 4 ? 'st-five' : undefined}>
                  <td className="num t3 rank">{i + 1}</td>
                  <td>
                    {[row.payerId, row.payeeId].flatMap((id) => (id === undefined ? [] : [name(id)])).join(' → ')}{' '}
                    {side === 'corridors' ? null : <span className="code">{code(row.payerId ?? row.payeeId ?? 0)}</span>}
                  </td>
                  <td className="num t2 only-l">{formatCount(row.payments)}</td>
                  <td className="num">
                    <Link
                      className="fig"
                      href={transactionsLink({
                        range: span,
                        currency,
                        ...(row.payerId === undefined ? {} : { payer: [code(row.payerId)] }),
                        ...(row.payeeId === undefined ? {} : { payee: [code(row.payeeId)] }),
                        status: ['succeeded'],
                        route: 'cleared',
                      })}
                      prefetch={false}
                    >
                      <Amount minor={row.minor} currency={currency} unit={unit} />
                    </Link>
                  </td>
                  <td className="num">{share(row.minor)}</td>
                  <td className="num t2 only-l">{share(rows.slice(0, i + 1).reduce((sum, { minor }) => sum + minor, 0n))}</td>
                  <td className="num only-l">{points(squares[i] ?? 0n)}</td>
                  <td className="only-l" />
                </tr>
              ))}
              {rows.length > SHOWN ? (
                <tr className="t2">
                  <td />
                  <td>{t('concentration.others', { count: formatCount(rows.length - SHOWN) })}</td>
                  <td className="only-l" />
                  <td className="num">
                    <Amount minor={restMinor} currency={currency} unit={unit} />
                  </td>
                  <td className="num">{share(restMinor)}</td>
                  <td className="num only-l">{share(total)}</td>
                  <td className="num only-l">{points(rest)}</td>
                  <td className="only-l" />
                </tr>
              ) : null}
            </tbody>
          </table>
        </section>
      )}
      <div className="foot">
        <span className="strong" data-testid="hhi">
          HHI {points(squares.reduce((sum, square) => sum + square, 0n))}
        </span>
        <span>CR5 {five === null ? '—' : `${formatDecimal(five * 100, 2)}%`}</span>
        <span className="t3 only-l">{t('concentration.scale')}</span>
        <span className="sp" />
        <span className="only-l">{t('concentration.meta')}</span>
        <span className="only-l">{t('foot.currency', { currency })}</span>
      </div>
    </div>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BusinessTime } from '@/components/figures/business-time';
import { Duration } from '@/components/figures/duration';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { Empty } from '@/components/states/empty';
import { formatCount } from '@/domain/format/count';
import { type ReconciliationRun, reconciliationRuns } from '@/server/queries/reconciliation/reconciliation-runs';
import { reconciliationState } from '@/server/queries/reconciliation/reconciliation-state';
import { requireActor } from '@/server/session';
import './reconciliation.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reconciliation');
  return { title: t('title') };
}

type Words = Awaited<ReturnType<typeof getTranslations<'reconciliation'>>>;

export default async function ReconciliationPage() {
  // Whoever may see what was refused may see whether what was accepted adds up: people of the platform, not of one institution.
  const actor = await requireActor('quarantine:view');
  const [t, tiers, runs] = await Promise.all([
    getTranslations('reconciliation'),
    reconciliationState(actor, { asOf: new Date() }),
    reconciliationRuns(actor),
  ]);
  const wrong = tiers.filter(({ lastMismatches }) => lastMismatches > 0).length;
  const tierName = (tier: string) => (t.has(`tier.${tier}`) ? t(`tier.${tier}`) : tier);
  const differing = runs.filter(({ mismatches, unread }) => mismatches.length + unread > 0);
  return (
    <div className="rc">
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      {tiers.length === 0 ? (
        <Empty why={t('none')} todo={t('noneTodo')} />
      ) : (
        <>
          <p className="rc-state">
            {wrong > 0 ? <SeverityGlyph severity="critical" size={14} /> : <SeverityGlyph severity="info" size={14} />}
            {wrong > 0 ? t('wrong', { count: wrong }) : t('well', { tiers: tiers.length })}
          </p>
          <section>
            <div className="cap">
              <h2>{t('tiers')}</h2>
              <span className="meta">{t('tiersMeta')}</span>
            </div>
            <CheckTable
              columns={['tier', 'outcome', 'checked', 'buckets', 'last', 'span', 'raw', 'rollup', 'difference']}
              rows={tiers.map((tier) => ({
                id: tier.tier,
                cells: {
                  tier: (
                    <>
                      {tierName(tier.tier)} <span className="code">{tier.tier}</span>
                    </>
                  ),
                  outcome: <Outcome count={tier.lastMismatches} t={t} />,
                  checked: t('times', { count: formatCount(tier.runs) }),
                  buckets: formatCount(tier.buckets),
                  last: <BusinessTime at={tier.lastAt} />,
                  span: <Span from={tier.lastFrom} to={tier.lastTo} />,
                  raw: formatCount(tier.lastRaw),
                  rollup: formatCount(tier.lastRollup),
                  difference: formatCount(tier.lastRollup - tier.lastRaw),
                },
              }))}
              t={t}
            />
          </section>
          {differing.length > 0 ? <Mismatches runs={differing} t={t} tierName={tierName} /> : null}
          <section>
            <div className="cap">
              <h2>{t('runs')}</h2>
              <span className="meta">{t('runsMeta')}</span>
            </div>
            <CheckTable
              columns={['last', 'tier', 'outcome', 'span', 'buckets', 'raw', 'rollup', 'took']}
              rows={runs.map((run) => ({
                id: run.id,
                cells: {
                  last: <BusinessTime at={run.finishedAt} />,
                  tier: tierName(run.tier),
                  outcome: <Outcome count={run.mismatches.length + run.unread} t={t} />,
                  span: <Span from={run.from} to={run.to} />,
                  buckets: formatCount(run.buckets),
                  raw: formatCount(run.rawCount),
                  rollup: formatCount(run.rollupCount),
                  took: <Duration ms={run.finishedAt.getTime() - run.startedAt.getTime()} />,
                },
              }))}
              t={t}
            />
          </section>
          <div className="foot">
            <span>{t('foot', { shown: runs.length })}</span>
          </div>
        </>
      )}
    </div>
  );
}

const NUMERIC = ['checked', 'buckets', 'raw', 'rollup', 'difference', 'took'] as const;
type Column = (typeof NUMERIC)[number] | 'tier' | 'outcome' | 'last' | 'span';
type CheckTableProps = {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly id: string; readonly cells: Readonly<Partial<Record<Column, ReactNode>>> }[];
  readonly t: Words;
};

/** Checks as rows; what came of each stands beside its name, where a narrow screen shows it too. */
function CheckTable({ columns, rows, t }: CheckTableProps) {
  const side = (column: Column) => ((NUMERIC as readonly string[]).includes(column) ? 'num' : undefined);
  return (
    <div className="rc-scroll" tabIndex={0}>
      <table className="tbl">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} className={side(column)}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {columns.map((column) => (
                <td key={column} className={side(column)}>
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Span({ from, to }: { readonly from: Date; readonly to: Date }) {
  return (
    <>
      <BusinessTime at={from} form="short" /> – <BusinessTime at={to} form="short" />
    </>
  );
}

function Outcome({ count, t }: { readonly count: number; readonly t: Words }) {
  if (count === 0) return <span className="t2">{t('equal')}</span>;
  return (
    <Link className="rc-wrong row" href="#mismatches">
      <SeverityGlyph severity="critical" />
      {t('differs', { count })}
    </Link>
  );
}

type MismatchesProps = { readonly runs: readonly ReconciliationRun[]; readonly t: Words; readonly tierName: (tier: string) => string };

function Mismatches({ runs, t, tierName }: MismatchesProps) {
  const unread = runs.reduce((sum, run) => sum + run.unread, 0);
  const rows = runs.flatMap((run) =>
    run.mismatches.flatMap((mismatch, n) =>
      Object.keys(mismatch.raw)
        .filter((measure) => mismatch.raw[measure] !== mismatch.rollup[measure])
        .map((measure) => ({ id: `${run.id} ${n} ${measure}`, run, mismatch, measure })),
    ),
  );
  return (
    <section id="mismatches">
      <div className="cap">
        <h2>{t('mismatch.title')}</h2>
        <span className="meta">{t('mismatch.meta')}</span>
      </div>
      <div className="rc-scroll">
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('column.tier')}</th>
              <th>{t('mismatch.key')}</th>
              <th>{t('mismatch.measure')}</th>
              <th className="num">{t('column.raw')}</th>
              <th className="num">{t('column.rollup')}</th>
              <th className="num">{t('column.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, run, mismatch, measure }) => (
              <tr key={id}>
                <td>{tierName(run.tier)}</td>
                <td className="mono">{Object.values(mismatch.key).join(' · ')}</td>
                <td>{t.has(`measure.${measure}`) ? t(`measure.${measure}`) : measure}</td>
                <td className="num">{figure(mismatch.raw[measure])}</td>
                <td className="num">{figure(mismatch.rollup[measure])}</td>
                <td className="num rc-wrong">{difference(mismatch.raw[measure], mismatch.rollup[measure])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unread > 0 ? <p className="meta rc-unread">{t('mismatch.unread', { count: unread })}</p> : null}
    </section>
  );
}

const WHOLE = /^-?\d+$/;

function figure(text: string | undefined): string {
  return text !== undefined && WHOLE.test(text) ? formatCount(BigInt(text)) : (text ?? '—');
}

function difference(raw: string | undefined, rollup: string | undefined): string {
  if (raw === undefined || rollup === undefined || !WHOLE.test(raw) || !WHOLE.test(rollup)) return '—';
  const by = BigInt(rollup) - BigInt(raw);
  return by > 0n ? `+${formatCount(by)}` : formatCount(by);
}

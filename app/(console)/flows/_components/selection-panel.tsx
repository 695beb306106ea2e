'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useElementSize } from '@/components/charts/element-size';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, pairLink, paymentsLink } from '@/domain/flows/flow-links';
import type { ImpliedSides } from '@/domain/flows/implied-side';
import { cellChange, linesOfCell, type MatrixModel, type MatrixOrder, type SelectionFigures } from '@/domain/flows/matrix-model';
import type { CellDetail } from '@/domain/flows/matrix-wire';
import type { Selection } from '@/domain/flows/selection';
import type { Compare } from '@/domain/time-range';
import { Change } from './change';

type Panel = {
  readonly selection: Selection | undefined;
  readonly totals: SelectionFigures;
  readonly model: MatrixModel;
  readonly order: MatrixOrder;
  readonly details: readonly (CellDetail | null)[] | undefined;
  /** Asks for the details again; undefined while nothing has failed. */
  readonly retry: (() => void) | undefined;
  readonly compare: Compare;
  readonly figures: FlowFigures;
  readonly links: FlowLinkBase;
  readonly implied: ImpliedSides;
  readonly notes: readonly string[];
  readonly onClear: () => void;
};

const ROW_PX = 28;

/** What the selection, or without one the whole matrix, adds up to, and its largest pairs. */
export function SelectionPanel({
  selection,
  totals,
  model,
  order,
  details,
  retry,
  compare,
  figures,
  links,
  implied,
  notes,
  onClear,
}: Panel) {
  const t = useTranslations('flows');
  const [list, { height }] = useElementSize<HTMLDivElement>();
  const rows = Math.max(5, Math.floor((height - ROW_PX) / ROW_PX));
  const shown = totals.ranked.slice(0, Math.min(rows, 200));
  const unit = figures.unitOf(shown.map((index) => model.amounts[index] as bigint));
  const listed = paymentsOfBlock(model, order, selection, implied);
  const amount = figures.split(totals.amount);
  const href = (succeededOnly: boolean) => listed && paymentsLink(links, { ...listed, succeededOnly });
  return (
    <aside className="region flows-side" aria-label={t('selection.title')}>
      <div className="sum">
        <div className="row">
          <h2 className="strong">{t(selection ? 'selection.title' : 'selection.whole')}</h2>
          <span className="meta">
            {t('selection.cells', {
              rows: selection ? selection.r1 - selection.r0 + 1 : order.rows.length,
              columns: selection ? selection.c1 - selection.c0 + 1 : order.columns.length,
              cells: figures.count(BigInt(totals.cells)),
            })}
          </span>
          {selection && (
            <button type="button" className="push kbd" onClick={onClear} aria-label={t('selection.clear')}>
              Esc
            </button>
          )}
        </div>
        <div className="row" style={{ alignItems: 'baseline', gap: 10 }}>
          <span>
            <Figure
              className="big fig"
              href={href(true)}
              title={figures.exact(totals.amount)}
              testId="selection-amount"
              value={totals.amount.toString()}
              cells={totals.cells}
            >
              {amount.figure}
            </Figure>
            <span className="unit">{amount.unit}</span>
          </span>
          {compare !== 'none' && totals.change !== undefined && <Change of={totals.change} />}
        </div>
        <dl>
          <dt>{t('selection.share')}</dt>
          <dd>{totals.share === null ? '—' : figures.percent(totals.share)}</dd>
          <dt>{t('selection.payments')}</dt>
          <dd>
            {totals.payments === undefined ? (
              retry ? (
                <button type="button" className="lnk" onClick={retry}>
                  {t('selection.retry')}
                </button>
              ) : (
                <span className="t3">{t('selection.pending')}</span>
              )
            ) : (
              <Figure className="fig" href={href(true)} testId="selection-payments" value={totals.payments.toString()}>
                {figures.count(totals.payments)}
              </Figure>
            )}
          </dd>
          <dt>{t('selection.attempts')}</dt>
          <dd>
            {totals.attempts === undefined ? (
              <span className="t3">…</span>
            ) : (
              <Figure className="fig" href={href(false)} testId="selection-attempts" value={totals.attempts.toString()}>
                {figures.count(totals.attempts)}
              </Figure>
            )}
          </dd>
          <dt>{t('selection.hhi')}</dt>
          <dd>{totals.hhi === null ? '—' : figures.count(BigInt(Math.round(totals.hhi)))}</dd>
        </dl>
      </div>
      <div ref={list} className="flows-top">
        <table className="tbl tn">
          <thead>
            <tr>
              <th className="n">{t('selection.rank')}</th>
              <th>{t('selection.pair')}</th>
              <th className="num">{figures.labelOf(unit)}</th>
              {compare !== 'none' && <th className="num">{t(`compare.short.${compare}`)}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((index, rank) => {
              const { payer, payee } = linesOfCell(model, index);
              const detail = details?.[index];
              const cell = model.amounts[index] as bigint;
              const single = payer.code !== null && payee.code !== null;
              const payerName = payer.code === null ? t('matrix.others', { count: payer.members }) : payer.short;
              const payeeName = payee.code === null ? t('matrix.others', { count: payee.members }) : payee.short;
              const names = (
                <span className="pair" title={`${payerName} → ${payeeName}`}>
                  <span className="cut">{payerName}</span> <span className="t3">→</span> <span className="cut">{payeeName}</span>
                </span>
              );
              return (
                <tr key={index}>
                  <td className="n">{rank + 1}</td>
                  <td className="two cut">
                    {single ? (
                      <Link className="fig" prefetch={false} href={pairLink(links, payer.code as string, payee.code as string)}>
                        {names}
                      </Link>
                    ) : (
                      names
                    )}
                  </td>
                  <td className="num">
                    <Figure
                      className="fig"
                      title={figures.exact(cell)}
                      href={
                        single
                          ? paymentsLink(links, { payers: [payer.code as string], payees: [payee.code as string], succeededOnly: true })
                          : undefined
                      }
                    >
                      {figures.inUnit(cell, unit)}
                    </Figure>
                  </td>
                  {compare !== 'none' && (
                    <td className="num">
                      <Change of={detail ? cellChange(cell, detail) : null} />
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
        {shown.length === 0 && <p className="empty-line">{t('selection.empty')}</p>}
      </div>
      {notes.length > 0 && <p className="flows-notes meta">{notes.join(' · ')}</p>}
      <div className="foot">
        <span>{t('selection.top', { count: shown.length, present: figures.count(BigInt(totals.present)) })}</span>
        {listed ? (
          <Link className="push lnk" prefetch={false} href={href(true) as string}>
            {t('selection.seePayments')}
          </Link>
        ) : (
          <span className="push">{t('selection.noList')}</span>
        )}
      </div>
    </aside>
  );
}

/** Codes whose payments a block adds up; undefined where it holds the line of many institutions, which no list can name. */
function paymentsOfBlock(model: MatrixModel, order: MatrixOrder, selection: Selection | undefined, implied: ImpliedSides) {
  const needless = selection ? { payers: false, payees: false } : implied;
  if (needless.payers && needless.payees) return {};
  const codes = (lines: readonly { code: string | null }[], ranks: readonly number[]) => ranks.map((index) => lines[index]?.code ?? null);
  const payers = codes(model.rows, selection ? order.rows.slice(selection.r0, selection.r1 + 1) : order.rows);
  const payees = codes(model.columns, selection ? order.columns.slice(selection.c0, selection.c1 + 1) : order.columns);
  if (payers.length === 0 || payees.length === 0) return undefined;
  if ((!needless.payers && payers.includes(null)) || (!needless.payees && payees.includes(null))) return undefined;
  return { ...(!needless.payers && { payers: payers as string[] }), ...(!needless.payees && { payees: payees as string[] }) };
}

function Figure({
  href,
  className,
  title,
  testId,
  value,
  cells,
  children,
}: {
  href: string | undefined;
  className: string;
  title?: string;
  testId?: string;
  value?: string;
  cells?: number;
  children: React.ReactNode;
}) {
  return href ? (
    <Link className={className} href={href} prefetch={false} title={title} data-testid={testId} data-value={value} data-cells={cells}>
      {children}
    </Link>
  ) : (
    <span className={className} title={title} data-testid={testId} data-value={value} data-cells={cells}>
      {children}
    </span>
  );
}

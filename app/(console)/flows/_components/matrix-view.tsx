'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import { Matrix } from '@/components/charts/matrix';
import type { MatrixPalette } from '@/components/charts/matrix-palette';
import { edgeShares, matrixSteps } from '@/components/charts/matrix-scene';
import { formatLocale } from '@/components/figures/format-locale';
import { flowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, pairLink } from '@/domain/flows/flow-links';
import type { ImpliedSides } from '@/domain/flows/implied-side';
import { lineOrder } from '@/domain/flows/line-order';
import { cellIndex, decodeMatrix, selectionFigures } from '@/domain/flows/matrix-model';
import type { MatrixWire } from '@/domain/flows/matrix-wire';
import { type Cell, clampSelection, type Selection } from '@/domain/flows/selection';
import type { Compare } from '@/domain/time-range';
import { useCellDetails } from './cell-details';
import { CellTip } from './cell-tip';
import { MatrixBar } from './matrix-bar';
import { useMatrixState } from './matrix-state';
import { PairTable } from './pair-table';
import { SelectionPanel } from './selection-panel';

export type MatrixViewProps = {
  readonly wire: MatrixWire;
  /** Where counts and the earlier span come from. */
  readonly detailHref: string;
  readonly currency: string;
  readonly compare: Compare;
  readonly links: FlowLinkBase;
  /** Sides that a link to all of it need not name. */
  readonly implied: ImpliedSides;
  /** Moment of the data: the details are asked for again when it moves. */
  readonly version: string;
  readonly summary: string;
  /** Range, open hour and folded lines, in words. */
  readonly notes: readonly string[];
};

const coloursOfDepth = (palette: MatrixPalette) => palette.depth;
const coloursOfChange = (palette: MatrixPalette) => [...palette.change, palette.depth[0] ?? [0, 0, 0]] as const;

/** The matrix with its bar, selection panel and table; everything that changes here is in the address. */
export function MatrixView({ wire, detailHref, currency, compare, links, implied, version, summary, notes }: MatrixViewProps) {
  const t = useTranslations('flows');
  const locale = formatLocale(useLocale());
  const router = useRouter();
  const { metric, sort, selection: chosen, asTable, set } = useMatrixState();
  const [draft, setDraft] = useState<Selection | undefined>();
  const figures = useMemo(() => flowFigures({ locale, currency }), [locale, currency]);
  const model = useMemo(() => decodeMatrix(wire), [wire]);
  const { details, failed, retry } = useCellDetails({ href: detailHref, version, wire, places: model.places });
  const order = useMemo(() => {
    const collator = new Intl.Collator(locale);
    return { rows: lineOrder(model.rows, sort, collator), columns: lineOrder(model.columns, sort, collator) };
  }, [model, sort, locale]);
  const scene = useMemo(() => matrixSteps(model, order, { metric, details }), [model, order, metric, details]);
  const rowEdge = useMemo(() => edgeShares(model.rows, order.rows, metric), [model, order, metric]);
  const columnEdge = useMemo(() => edgeShares(model.columns, order.columns, metric), [model, order, metric]);
  const words = useMemo(
    () => ({
      payerTotal: t(metric === 'count' ? 'matrix.payerCount' : 'matrix.payerTotal'),
      payeeTotal: t(metric === 'count' ? 'matrix.payeeCount' : 'matrix.payeeTotal'),
      squareRoot: t('matrix.squareRoot'),
      topShare: t('matrix.topShare'),
    }),
    [t, metric],
  );
  const selection = clampSelection(draft ?? chosen, { rows: order.rows.length, columns: order.columns.length });
  const counted = useDeferredValue(selection);
  const totals = useMemo(() => selectionFigures(model, order, { selection: counted, details }), [model, order, counted, details]);
  const lineAt = ({ r, c }: Cell) => ({ payer: model.rows[order.rows[r] as number], payee: model.columns[order.columns[c] as number] });
  // Short on the drawing, where a long name would cover the axis; whoever listens hears the whole.
  const nameOf = (
    line: { code: string | null; name: string; short: string; members: number } | undefined,
    of: 'name' | 'short' = 'short',
  ) => (line?.code === null ? t('matrix.others', { count: line.members }) : (line?.[of] ?? ''));
  const open = (cell: Cell) => {
    const { payer, payee } = lineAt(cell);
    if (payer?.code && payee?.code) router.push(pairLink(links, payer.code, payee.code));
  };
  const spoken = (cell: Cell) => {
    const index = cellIndex(model, order, cell);
    const { payer, payee } = lineAt(cell);
    const said = { payer: nameOf(payer, 'name'), payee: nameOf(payee, 'name'), r: cell.r + 1, c: cell.c + 1 };
    return index < 0
      ? t('matrix.spokenNone', said)
      : t('matrix.spoken', { ...said, amount: figures.exact(model.amounts[index] as bigint) });
  };
  return (
    <>
      <MatrixBar metric={metric} sort={sort} scale={scene.scale} figures={figures} compare={compare} asTable={asTable} set={set} />
      <figure className="region flows-plot" aria-label={t('matrix.label')}>
        {asTable ? (
          <PairTable model={model} indices={totals.ranked} details={details} figures={figures} compare={compare} links={links} />
        ) : (
          <Matrix
            rows={order.rows.length}
            columns={order.columns.length}
            steps={scene.steps}
            coloursOf={metric === 'change' ? coloursOfChange : coloursOfDepth}
            rowShares={rowEdge.shares}
            columnShares={columnEdge.shares}
            rowCumulative={rowEdge.cumulative}
            columnCumulative={columnEdge.cumulative}
            words={words}
            selection={chosen}
            draft={draft}
            onDraft={setDraft}
            onSelect={(next) => set({ selection: next })}
            onOpen={open}
            namesOf={(cell) => {
              const { payer, payee } = lineAt(cell);
              return { payer: nameOf(payer), payee: nameOf(payee) };
            }}
            tipOf={(cell) => {
              const index = cellIndex(model, order, cell);
              const { payer, payee } = lineAt(cell);
              return (
                <CellTip
                  payer={nameOf(payer)}
                  payee={nameOf(payee)}
                  amount={index < 0 ? undefined : model.amounts[index]}
                  detail={index < 0 ? undefined : details?.[index]}
                  rank={t('matrix.tip.ranks', { r: cell.r + 1, rows: order.rows.length, c: cell.c + 1, columns: order.columns.length })}
                  compare={compare}
                  figures={figures}
                />
              );
            }}
            spokenOf={spoken}
            label={`${t('matrix.label')}: ${summary}`}
            keysHint={t('matrix.keys')}
          />
        )}
        <figcaption className="sr-only">{summary}</figcaption>
      </figure>
      <SelectionPanel
        selection={selection}
        totals={totals}
        model={model}
        order={order}
        details={details}
        retry={failed ? retry : undefined}
        implied={implied}
        compare={compare}
        figures={figures}
        links={links}
        notes={notes}
        onClear={() => set({ selection: undefined })}
      />
    </>
  );
}

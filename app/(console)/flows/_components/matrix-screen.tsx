import { getTranslations } from 'next-intl/server';
import { flowFigures } from '@/domain/flows/flow-figures';
import { matrixOf } from '@/domain/flows/matrix';
import { matrixWire } from '@/domain/flows/matrix-wire';
import { withSearch } from '@/domain/links';
import { shareOf } from '@/domain/money';
import { linkBase, rangeNotes } from './flow-address';
import { FlowEmpty } from './flow-empty';
import { LINE_LIMIT } from './flow-picture';
import type { FlowScreen } from './flow-screen';
import { lineNaming } from './flow-wire';
import { MatrixView } from './matrix-view';

export async function MatrixScreen({ actor, picture, context, params, view }: FlowScreen) {
  const t = await getTranslations('flows');
  const { aligned, axes, compare } = picture;
  const matrix = matrixOf(picture.flows, LINE_LIMIT);
  const links = linkBase(params, { range: aligned.rows, currency: context.currency, view });
  const notes = [...rangeNotes(t, aligned, { asked: context.compare, compare })];
  if (matrix.cells.length === 0) return <FlowEmpty actor={actor} context={context} range={aligned.range} params={params} />;
  const folded = { payers: matrix.rows.at(-1)?.members ?? 0, payees: matrix.columns.at(-1)?.members ?? 0 };
  if (folded.payers > 1 || folded.payees > 1) notes.push(t('matrix.othersNote', { limit: LINE_LIMIT - 1, ...folded }));
  const figures = flowFigures(context);
  const wire = matrixWire(matrix, lineNaming(picture));
  const paid = matrix.cells.filter((cell) => cell.amount > 0n);
  const top = paid.reduce((a, b) => (b.amount > a.amount ? b : a), matrix.cells[0] as (typeof matrix.cells)[number]);
  const summary =
    paid.length === 0
      ? t('matrix.summaryEmpty')
      : t('matrix.summary', {
          payers: wire.rows.length,
          payees: wire.columns.length,
          pairs: figures.count(BigInt(paid.length)),
          amount: figures.short(matrix.total.amount),
          top: `${wire.rows[top.r]?.short ?? ''} → ${wire.columns[top.c]?.short ?? ''}`,
          share: figures.percent(shareOf(top.amount, matrix.total.amount)),
        });
  return (
    <MatrixView
      wire={wire}
      detailHref={withSearch('/flows/cells', {
        // As chosen, not as widened: what a week is compared with depends on it.
        range: links.shared.range,
        compare: context.compare,
        currency: context.currency,
        type: view.types.join(','),
        axes,
      })}
      version={`${context.dataAt?.getTime() ?? 0}`}
      currency={context.currency}
      compare={compare}
      links={links}
      implied={picture.implied}
      summary={summary}
      notes={notes}
    />
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { mostFirst } from '@/domain/money';
import { bigintSpan } from '@/domain/tracing/canvas/bigint-span';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import { shownAmounts, type TraceView } from '@/domain/tracing/canvas/scene';
import { BusinessTime } from '../figures/business-time';
import { amountText, spanText, type TraceUnit } from './trace-amounts';
import type { NodeFace } from './trace-types';
import type { Describe } from './trace-words';

type TraceTableProps = {
  readonly picture: TracePicture;
  readonly faces: Readonly<Record<string, NodeFace>>;
  readonly view: TraceView;
  readonly unit: TraceUnit;
  readonly describe: Describe;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
};

/** The same nodes and bands as the picture, as two tables. */
export function TraceTable(props: TraceTableProps) {
  return (
    <section className="tr-tables scroll" aria-label={useTranslations('trace')('table.label')} tabIndex={0}>
      <NodesTable {...props} />
      <EdgesTable {...props} />
    </section>
  );
}

function NodesTable({ picture, faces, view, unit, describe, selected, onSelect }: TraceTableProps) {
  const t = useTranslations('trace.table');
  const column = useTranslations('trace.column');
  const sorted = [...picture.nodes].sort(
    (a, b) =>
      a.layer - b.layer ||
      Number(a.account === null) - Number(b.account === null) ||
      mostFirst(BigInt(a.amounts.high), BigInt(b.amounts.high)),
  );
  const held = (node: TracePicture['nodes'][number]) => {
    if (!node.held) return '';
    const parts = view === 'interval' ? (['fifo', 'lifo', 'proRata'] as const) : ([view] as const);
    const values = parts.map((method) => BigInt(node.held?.[method] ?? '0'));
    const { low, high } = bigintSpan(values);
    return spanText(low, high, unit);
  };
  return (
    <table className="tbl" data-testid="trace-nodes">
      <caption>{t('nodes', { count: formatCount(sorted.length), unit: unit.label })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('hop')}</th>
          <th scope="col">{t('node')}</th>
          <th scope="col">{t('account')}</th>
          <th scope="col" className="num">
            {t('amount')}
          </th>
          <th scope="col" className="num">
            {t('held')}
          </th>
          <th scope="col">{t('first')}</th>
          <th scope="col">{t('remark')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((node) => {
          const words = describe(node.id);
          return (
            <tr key={node.id} aria-selected={node.id === selected}>
              <td>{node.layer === 0 ? column(picture.direction === 'forward' ? 'source' : 'asked') : node.layer}</td>
              <td>
                <button type="button" className="lnk" onClick={() => onSelect(node.id)}>
                  {words.name}
                </button>
              </td>
              <td className="t2">{faces[node.id]?.masked ?? (node.account === null ? '' : words.tail)}</td>
              <td className="num">{words.amount}</td>
              <td className="num">{held(node)}</td>
              <td>{node.firstAtMs === null ? '' : <BusinessTime at={new Date(node.firstAtMs)} form="short" />}</td>
              <td className="t2">{[node.pinned === null ? null : t('pinned'), words.word, node.note].filter(Boolean).join(' · ')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function EdgesTable({ picture, view, unit, describe }: TraceTableProps) {
  const t = useTranslations('trace.table');
  const shown = picture.edges
    .filter(({ amounts }) => shownAmounts(amounts, view).high > 0n)
    .sort((a, b) => mostFirst(shownAmounts(a.amounts, view).high, shownAmounts(b.amounts, view).high));
  const name = (id: string) => {
    const { name: words, tail } = describe(id);
    return /^[0-9A-Za-z]+$/.test(tail) ? `${words} ··${tail}` : words;
  };
  return (
    <table className="tbl" data-testid="trace-edges">
      <caption>{t('edges', { count: formatCount(shown.length), unit: unit.label })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('to')}</th>
          <th scope="col" className="num">
            {t('amount')}
          </th>
          <th scope="col" className="num">
            {t('payments')}
          </th>
          <th scope="col">{t('span')}</th>
          <th scope="col">{t('remark')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((edge) => (
          <tr key={`${edge.from} ${edge.to}`}>
            <td>{name(edge.from)}</td>
            <td>{name(edge.to)}</td>
            <td className="num">{amountText(edge.amounts, view, unit)}</td>
            <td className="num">{edge.payments === 0 ? '' : formatCount(edge.payments)}</td>
            <td>
              {edge.payments === 0 ? null : (
                <>
                  <BusinessTime at={new Date(edge.firstAtMs)} form="short" />
                  {edge.lastAtMs === edge.firstAtMs ? null : (
                    <>
                      {' – '}
                      <BusinessTime at={new Date(edge.lastAtMs)} form="short" />
                    </>
                  )}
                </>
              )}
            </td>
            <td className="t2">{edge.pinned ? t('pinned') : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

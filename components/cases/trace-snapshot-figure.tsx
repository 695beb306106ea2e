import { useLocale, useTranslations } from 'next-intl';
import { snapshotOrder } from '@/domain/cases/snapshot-order';
import type { TraceSnapshot } from '@/domain/cases/trace-snapshot';
import { amountUnit, amountUnitLabel, formatAmount } from '@/domain/format/amount';
import { places } from '@/domain/tracing/canvas/place';
import { type SceneNode, scene } from '@/domain/tracing/canvas/scene';
import { formatLocale } from '../figures/format-locale';
import './trace-snapshot-figure.css';

const STEP = 190;
const NODE_WIDTH = 128;
const MARGIN = 8;

type FigureProps = {
  readonly title: string;
  readonly snapshot: TraceSnapshot;
  /** Short names of institutions by code, in the reader's language. */
  readonly names: ReadonlyMap<string, string>;
};

/** A kept trace drawn again from its data, with the same content as a table beneath. It moves no more: what was answered is what is shown. */
export function TraceSnapshotFigure({ title, snapshot, names }: FigureProps) {
  const t = useTranslations('cases.traces');
  const locale = formatLocale(useLocale());
  const { nodes, edges, conservation, currency, direction } = snapshot;
  const sourceMinor = BigInt(conservation.fifo.source);
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  const placed = places({
    direction,
    columns: layers.map((layer) => ({ layer, accounts: 0 })),
    waves: [{ near: null, nodes: nodes.map(({ id, layer, amounts }) => ({ id, layer, high: amounts.high })) }],
    firstOrder: snapshotOrder(snapshot),
    sourceMinor,
  });
  const drawn = scene(asPicture(snapshot), { places: placed, step: STEP, nodeWidth: NODE_WIDTH }, 'interval');
  const top = Math.min(0, ...drawn.nodes.map(({ y }) => y)) - MARGIN;
  const bottom = Math.max(0, ...drawn.nodes.map(({ y, height }) => y + height)) + MARGIN;
  const width = Math.max(...drawn.nodes.map(({ x }) => x), 0) + NODE_WIDTH + 2 * MARGIN;
  const unit = amountUnit(sourceMinor, currency, locale);
  const money = (minor: string) => formatAmount(BigInt(minor), unit, locale);
  const interval = ({ low, high }: { low: string; high: string }) => (low === high ? money(high) : `${money(low)}–${money(high)}`);
  const nameOf = ({ node }: Pick<SceneNode, 'node'>) => named(node as unknown as Node);
  const named = (node: Node) => {
    if (node.kind === 'unknown') return t('unknown');
    if (node.kind === 'outside' || node.kind === 'rest-outside') return t('outside');
    if (node.kind === 'rest') return t('rest', { count: node.accounts });
    return node.institution === null ? t('account') : (names.get(node.institution) ?? node.institution);
  };
  const by = new Map(nodes.map((node) => [node.id, node]));
  return (
    <figure className="case-trace">
      <div className="case-trace-scroll">
        <svg
          viewBox={`${-MARGIN} ${top} ${width} ${bottom - top}`}
          width={width}
          height={bottom - top}
          role="img"
          aria-label={t('picture', { title, nodes: nodes.length, edges: edges.length })}
        >
          {drawn.bands.map((band) => (
            <g key={band.id} className={band.edge.pinned ? 'band pinned' : 'band'}>
              <path d={band.path} className="halo" strokeWidth={band.halo} />
              <path d={band.path} className="core" strokeWidth={band.core} />
            </g>
          ))}
          {drawn.nodes.map((one) => {
            const node = by.get(one.node.id) as Node;
            const middle = one.y + one.height / 2;
            return (
              <g key={one.node.id} className={`node ${node.kind}${node.pinned ? ' pinned' : ''}`}>
                <rect x={one.x} y={one.y} width={one.width} height={one.height} rx={4} />
                <text x={one.x + 8} y={middle - 3} className="name">
                  {cut(nameOf(one))}
                </text>
                <text x={one.x + one.width - 8} y={middle - 3} textAnchor="end">
                  {node.masked?.slice(-4) ?? ''}
                </text>
                <text x={one.x + 8} y={middle + 13}>
                  {interval(node.amounts)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className="meta">
        {amountUnitLabel(unit, locale)} ·{' '}
        {t('conservation', {
          source: money(conservation.proRata.source),
          held: money(conservation.proRata.held),
          left: money(conservation.proRata.exited),
          unknown: money(conservation.proRata.unknown),
        })}
      </figcaption>
      <details>
        <summary className="meta">{t('table')}</summary>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('layer')}</th>
              <th>{t('account')}</th>
              <th className="num">{t('interval')}</th>
            </tr>
          </thead>
          <tbody>
            {nodes
              .toSorted((a, b) => a.layer - b.layer)
              .map((node) => (
                <tr key={node.id}>
                  <td>{node.layer === 0 ? t('layerSource') : node.layer}</td>
                  <td>
                    {named(node)} <span className="t3">{node.masked}</span> {node.note ? <span className="t2">{node.note}</span> : null}
                  </td>
                  <td className="num">{interval(node.amounts)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

type Node = TraceSnapshot['nodes'][number];

// The scene draws any picture: what a kept one does not say, it does not draw either.
function asPicture({ nodes, edges, conservation }: TraceSnapshot): Parameters<typeof scene>[0] {
  return {
    conservation,
    nodes: nodes.map(({ masked: _, pinned, ...node }) => ({
      ...node,
      account: null,
      held: null,
      stopped: null,
      firstAtMs: null,
      lastAtMs: null,
      barrier: null,
      stops: [],
      hiddenNext: 0,
      pinned: pinned ? 'on-path' : null,
    })),
    edges: edges.map((edge) => ({ ...edge, firstAtMs: 0, lastAtMs: 0 })),
  };
}

/** About what fits before the last digits: a character of Chinese is as wide as two of Latin. */
function cut(name: string): string {
  let room = 11;
  let kept = '';
  for (const character of name) {
    room -= character.codePointAt(0) && (character.codePointAt(0) as number) > 0x2e7f ? 1.7 : 1;
    if (room < 0) return `${kept}…`;
    kept += character;
  }
  return name;
}

'use client';

import type { AlertWords } from '@/components/alerts/alert-words';
import { useElementSize } from '@/components/charts/element-size';
import type { AlertGraph, GraphNode } from '@/domain/alerts/alert-graph';
import type { AlertView } from '@/domain/alerts/alert-view';
import { formatCount } from '@/domain/format/count';
import { magnitude } from '@/domain/money';

const NODE = 22;
const GAP = 12;
const PAD = 14;

/** The ring or fan as layers from left to right: edges as wide as their money, what comes back bends below. */
export function DetailShape({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t } = words;
  const { graph } = view;
  if (!graph || graph.nodes.length < 2) return null;
  const counts = { accounts: formatCount(graph.accounts), edges: formatCount(graph.edges.length) };
  return (
    <figure className="region">
      <figcaption className="cap">
        <h2>{t('detail.graph')}</h2>
        <span className="meta">{t('detail.graphUnit', counts)}</span>
      </figcaption>
      <p className="visually-hidden">{t('detail.graphSummary', counts)}</p>
      <Drawing graph={graph} view={view} words={words} />
    </figure>
  );
}

function Drawing({ graph, view, words }: { readonly graph: AlertGraph; readonly view: AlertView; readonly words: AlertWords }) {
  const [ref, { width }] = useElementSize<HTMLDivElement>();
  const most = Math.max(...countsByLayer(graph).values());
  const height = most * (NODE + GAP) - GAP + 2 * PAD + (graph.edges.some(({ isBack }) => isBack) ? 22 : 0);
  const box = Math.min(112, (width - 2 * PAD) / graph.layers - 26);
  const step = graph.layers === 1 ? 0 : (width - 2 * PAD - box) / (graph.layers - 1);
  const perLayer = countsByLayer(graph);
  const at = new Map(
    graph.nodes.map((node) => {
      const own = perLayer.get(node.layer) ?? 1;
      const top = PAD + ((most - own) * (NODE + GAP)) / 2;
      return [node.id, { x: PAD + node.layer * step, y: top + node.place * (NODE + GAP) + NODE / 2 }] as const;
    }),
  );
  const largest = graph.edges.reduce((top, { amountMinor }) => Math.max(top, magnitude(BigInt(amountMinor))), 1);
  const names = maskedOf(view);
  const subject = view.row.subject.kind === 'account' ? view.row.subject.id : null;
  return (
    <div ref={ref} className="al-shape" style={{ height }}>
      {width > 120 ? (
        <svg width={width} height={height} aria-hidden="true">
          {graph.edges.map(({ from, to, amountMinor, isBack }) => {
            const [a, b] = [at.get(from), at.get(to)];
            if (!a || !b) return null;
            return (
              <path
                key={`${from}>${to}`}
                d={isBack ? backWay(a, b, box, height) : way(a, b, box)}
                fill="none"
                stroke={isBack ? 'var(--direction-out)' : 'var(--depth-6)'}
                strokeOpacity={0.55}
                strokeWidth={1 + 5 * Math.sqrt(magnitude(BigInt(amountMinor)) / largest)}
              />
            );
          })}
          {graph.nodes.map((node) => {
            const place = at.get(node.id);
            return place ? (
              <Account key={node.id} node={node} {...place} width={box} isSubject={node.id === subject} text={nameOf(node, names, words)} />
            ) : null;
          })}
        </svg>
      ) : null}
    </div>
  );
}

type Place = { readonly x: number; readonly y: number };

function way(a: Place, b: Place, box: number): string {
  const [x1, x2] = [a.x + box, b.x];
  const bend = Math.max(14, (x2 - x1) / 2);
  return `M${x1} ${a.y}C${x1 + bend} ${a.y} ${x2 - bend} ${b.y} ${x2} ${b.y}`;
}

// Out at the right, round below everything, and in at the left.
function backWay(a: Place, b: Place, box: number, height: number): string {
  const [x1, x2, low] = [a.x + box, b.x, height - 8];
  return `M${x1} ${a.y}C${x1 + 22} ${a.y} ${x1 + 22} ${low} ${x1 - 8} ${low}H${x2 + 8}C${x2 - 22} ${low} ${x2 - 22} ${b.y} ${x2} ${b.y}`;
}

type AccountProps = Place & { readonly node: GraphNode; readonly width: number; readonly isSubject: boolean; readonly text: string };

function Account({ node, x, y, width, isSubject, text }: AccountProps) {
  const isFolded = node.accounts > 1;
  return (
    <g>
      {isFolded ? (
        <rect x={x + 3} y={y - NODE / 2 + 3} width={width} height={NODE} rx={4} fill="var(--surface-well)" stroke="var(--line)" />
      ) : null}
      <rect
        x={x}
        y={y - NODE / 2}
        width={width}
        height={NODE}
        rx={4}
        fill={isSubject ? 'var(--surface-selected)' : 'var(--surface-sheet)'}
        stroke={isSubject ? 'var(--accent)' : 'var(--line-strong)'}
        strokeWidth={isSubject ? 1.5 : 1}
        strokeDasharray={isFolded ? '3 2' : undefined}
      />
      <text x={x + width / 2} y={y + 4} textAnchor="middle" style={{ fill: isSubject ? 'var(--text-1)' : 'var(--text-2)' }}>
        {text.length * 6.5 > width ? `${text.slice(0, Math.max(1, Math.floor(width / 6.5) - 1))}…` : text}
      </text>
    </g>
  );
}

function countsByLayer({ nodes }: AlertGraph): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { layer } of nodes) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  return counts;
}

function maskedOf({ payments }: AlertView): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { payerAccount, payerMasked, payer, payeeAccount, payeeMasked, payee } of payments) {
    names.set(payerAccount, `${payer.name} ··${payerMasked?.slice(-4) ?? ''}`);
    names.set(payeeAccount, `${payee.name} ··${payeeMasked?.slice(-4) ?? ''}`);
  }
  return names;
}

function nameOf({ id, accounts }: GraphNode, names: ReadonlyMap<string, string>, { alerts: t }: AlertWords): string {
  if (accounts > 1) return t('detail.graphFolded', { count: accounts });
  return `··${(names.get(id) ?? '').slice(-4)}`;
}

'use client';

import { type Edge, type Node, ReactFlow, ReactFlowProvider, useReactFlow, useViewport } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { formatCount } from '@/domain/format/count';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import type { Scene } from '@/domain/tracing/canvas/scene';
import { type WalkKey, walk } from '@/domain/tracing/canvas/walk';
import { Icon } from '../glyphs/icon';
import { TraceBand, type TraceBandData } from './trace-band';
import { TraceNodeBox, type TraceNodeData } from './trace-node';

type TraceGraphProps = {
  readonly picture: TracePicture;
  readonly scene: Scene;
  readonly size: { readonly width: number; readonly height: number };
  readonly step: number;
  /** How large the first picture is drawn. */
  readonly zoom: number;
  readonly nodeWidth: number;
  readonly describe: (id: string) => TraceNodeData;
  readonly bandText: (band: Scene['bands'][number]) => string | null;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onKey: (event: KeyboardEvent, id: string) => void;
  readonly label: string;
};

const NODE_TYPES = { trace: TraceNodeBox };
const EDGE_TYPES = { trace: TraceBand };
const HEADER = 34;
const PAD = 16;
const FOOTER = 44;
const WALK_KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/** The picture of a trace as layers from left to right. One tab stop: arrows walk along the bands. */
export default function TraceGraph(props: TraceGraphProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({
  picture,
  scene,
  size,
  step,
  zoom: asked,
  nodeWidth,
  describe,
  bandText,
  selected,
  onSelect,
  onKey,
  label,
}: TraceGraphProps) {
  const t = useTranslations('trace');
  const flow = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const nodes = useMemo<Node<TraceNodeData>[]>(
    () =>
      scene.nodes.map(({ node, x, y, width, height }) => ({
        id: node.id,
        type: 'trace',
        // Bands that are lifted still pass behind the accounts.
        zIndex: 10,
        position: { x, y },
        width,
        height,
        data: { ...describe(node.id), selected: node.id === selected },
        domAttributes: { role: 'img', 'aria-label': describe(node.id).spoken, id: domId(node.id) } as Node['domAttributes'],
      })),
    [scene, describe, selected],
  );
  const edges = useMemo<Edge<TraceBandData>[]>(
    () =>
      scene.bands.map((band) => {
        const near = selected !== null && (band.edge.from === selected || band.edge.to === selected);
        return {
          id: band.id,
          source: band.edge.from,
          target: band.edge.to,
          type: 'trace',
          zIndex: band.edge.pinned ? 2 : near ? 1 : 0,
          data: { band, near, text: bandText(band) },
        };
      }),
    [scene, selected, bandText],
  );
  const startView = useRef(firstView(scene, size, asked));
  const key = (event: KeyboardEvent) => {
    const at = selected ?? scene.nodes.find(({ node }) => node.kind === 'source')?.node.id ?? scene.nodes[0]?.node.id;
    if (at === undefined) return;
    if (WALK_KEYS.includes(event.key) && !event.altKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      const spots = scene.nodes.map(({ node, x, y, height }) => ({ id: node.id, x, y, height }));
      onSelect(selected === null ? at : walk({ spots, edges: picture.edges }, at, event.key as WalkKey));
      return;
    }
    onKey(event, at);
  };
  // The library's own wrapper claims to be an application as well; one that is walked by keys is enough.
  useEffect(() => box.current?.querySelector('.react-flow')?.setAttribute('role', 'presentation'), []);
  // Who walks by keys is followed; who points with a mouse sees what they point at already.
  useEffect(() => {
    const spot = scene.nodes.find(({ node }) => node.id === selected);
    if (!spot) return;
    const { x, y, zoom } = flow.getViewport();
    const left = spot.x * zoom + x;
    const top = spot.y * zoom + y;
    const dx = left < PAD ? PAD - left : Math.min(0, size.width - PAD - (left + spot.width * zoom));
    const dy = top < HEADER + PAD ? HEADER + PAD - top : Math.min(0, size.height - 44 - (top + spot.height * zoom));
    if (dx !== 0 || dy !== 0) flow.setViewport({ x: x + dx, y: y + dy, zoom });
  }, [selected, scene, size, flow]);

  return (
    <div
      ref={box}
      className="tr-graph"
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-roledescription={t('graph.role')}
      aria-activedescendant={selected === null ? undefined : domId(selected)}
      aria-describedby="trace-keys-hint"
      onKeyDown={key}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        defaultViewport={startView.current}
        minZoom={0.25}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        onNodeClick={(_, { id }) => {
          onSelect(id);
          box.current?.focus({ preventScroll: true });
        }}
        onPaneClick={() => onSelect(null)}
      />
      <Fresh picture={picture} scene={scene} size={size} />
      <Columns picture={picture} step={step} nodeWidth={nodeWidth} />
      <div className="tr-zoom">
        <button type="button" className="btn icon" tabIndex={-1} aria-label={t('zoom.out')} onClick={() => flow.zoomOut()}>
          <Icon name="minus" small />
        </button>
        <button type="button" className="btn icon" tabIndex={-1} aria-label={t('zoom.in')} onClick={() => flow.zoomIn()}>
          <Icon name="plus" small />
        </button>
        <button
          type="button"
          className="btn icon"
          tabIndex={-1}
          aria-label={t('zoom.all')}
          onClick={() => flow.setViewport(wholeView(scene, size))}
        >
          <Icon name="expand" small />
        </button>
      </div>
    </div>
  );
}

/** What came with the last step may lie outside the view; the view stays where it is until one asks. */
function Fresh({ picture, scene, size }: Pick<TraceGraphProps, 'picture' | 'scene' | 'size'>) {
  const t = useTranslations('trace');
  const flow = useReactFlow();
  const { x, y, zoom } = useViewport();
  const wave = picture.waves.length > 1 ? picture.waves.at(-1) : undefined;
  const ids = new Set(wave?.nodes.map(({ id }) => id));
  const hidden = scene.nodes.filter(
    (spot) =>
      ids.has(spot.node.id) &&
      ((spot.y + spot.height) * zoom + y > size.height ||
        spot.y * zoom + y < HEADER ||
        (spot.x + spot.width) * zoom + x > size.width ||
        spot.x * zoom + x < 0),
  );
  if (hidden.length === 0 || !wave) return null;
  const shown = [...ids].filter((id) => scene.nodes.some(({ node }) => node.id === id));
  return (
    <button
      type="button"
      className="btn tr-fresh"
      tabIndex={-1}
      onClick={() => flow.fitView({ nodes: shown.map((id) => ({ id })), padding: 0.12, maxZoom: 1, minZoom: 0.75 })}
    >
      <Icon name="chevron-down" small />
      {t('fresh', { count: formatCount(hidden.length) })}
    </button>
  );
}

/** Heads of the layers: they go along sideways and stay at the top. */
function Columns({ picture, step, nodeWidth }: Pick<TraceGraphProps, 'picture' | 'step' | 'nodeWidth'>) {
  const t = useTranslations('trace');
  const { x, zoom } = useViewport();
  const last = Math.max(0, ...picture.nodes.map(({ layer }) => layer), ...picture.columns.map(({ layer }) => layer));
  const backward = picture.direction === 'backward';
  const accounts = new Map(picture.columns.map((column) => [column.layer, column.accounts]));
  return (
    <div className="tr-columns" aria-hidden="true">
      {Array.from({ length: last + 1 }, (_, layer) => (
        <div
          key={`layer ${String(layer)}`}
          style={{ left: (backward ? last - layer : layer) * step * zoom + x, width: Math.max(nodeWidth * zoom, 84) }}
        >
          <b>{layer === 0 ? t(backward ? 'column.asked' : 'column.source') : t('column.hop', { hop: layer })}</b>
          {accounts.has(layer) ? (
            <span>{t('column.accounts', { count: formatCount(accounts.get(layer) ?? 0), n: accounts.get(layer) ?? 0 })}</span>
          ) : null}
        </div>
      ))}
    </div>
  );
}

/** The picture at its asked size from its left edge, in the middle of the height. */
function firstView(scene: Scene, { height }: TraceGraphProps['size'], zoom: number) {
  if (scene.nodes.length === 0) return { x: PAD, y: HEADER, zoom };
  const { top, bottom } = extent(scene);
  const room = height - HEADER - FOOTER;
  return { x: PAD, y: HEADER + Math.max(8, (room - (bottom - top) * zoom) / 2) - top * zoom, zoom };
}

/** All of it, however small. */
function wholeView(scene: Scene, { width, height }: TraceGraphProps['size']) {
  const { top, bottom, right } = extent(scene);
  const room = height - HEADER - FOOTER - 16;
  const zoom = Math.min(1.25, Math.max(0.25, Math.min(room / (bottom - top), (width - 2 * PAD) / right)));
  return { x: PAD, y: HEADER + 8 + Math.max(0, room - (bottom - top) * zoom) / 2 - top * zoom, zoom };
}

function extent({ nodes }: Scene) {
  return {
    top: Math.min(...nodes.map(({ y }) => y)),
    bottom: Math.max(...nodes.map(({ y, height }) => y + height)),
    right: Math.max(1, ...nodes.map(({ x, width }) => x + width)),
  };
}

function domId(id: string): string {
  return `trace-node-${id.replace(':', '-')}`;
}

'use client';

import dynamic from 'next/dynamic';
import { useRouter, useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '@/domain/format/count';
import { formatRange } from '@/domain/time-range';
import { type Place, places } from '@/domain/tracing/canvas/place';
import { scene as sceneOf, TRACE_VIEWS, type TraceView } from '@/domain/tracing/canvas/scene';
import { AddToCase, type AddToCaseProps } from '../cases/add-to-case';
import { useElementSize } from '../charts/element-size';
import { formatLocale } from '../figures/format-locale';
import { Icon } from '../glyphs/icon';
import { useShortcuts } from '../shell/shortcuts';
import { Segmented } from '../ui/segmented';
import { Conditions, type TraceConditions } from './conditions';
import { ConservationLine } from './conservation-line';
import { useFirstOrder } from './first-order';
import { ImageMenu } from './image-menu';
import { KeysHint } from './keys-hint';
import { NodePanel } from './node-panel';
import { NoteDialog } from './note-dialog';
import { OverviewPanel } from './overview-panel';
import { PruningChips } from './pruning-chips';
import { TimeSlider } from './time-slider';
import { amountText, traceUnit } from './trace-amounts';
import { TraceTable } from './trace-table';
import type { DrawnTrace, TraceActions, TraceOriginText } from './trace-types';
import { useNodeWords } from './trace-words';
import { addressWith, type Said, useTraceCanvas } from './use-trace-canvas';

const TraceGraph = dynamic(() => import('./trace-graph'), { ssr: false });

export type TraceBoardProps = {
  readonly origin: TraceOriginText;
  readonly initial: { readonly drawn: DrawnTrace; readonly steps: string };
  readonly span: { readonly fromMs: number; readonly toMs: number; readonly chosenFromMs: number; readonly chosenToMs: number };
  readonly counts: readonly number[];
  readonly conditions: TraceConditions;
  readonly actions: TraceActions;
  /** The range that the other direction has by itself. */
  readonly turnedRange: string;
  /** Who looks, for the watermark of a picture that leaves the console. */
  readonly mark: string;
  /** What stands before the title: the way that leads here. */
  readonly trail: ReactNode;
  readonly title: string;
  /** What of the freeze requests belongs to a node's institution, where there is something. */
  readonly freeze?: ReactNode;
  /** The way to keep this trace in a case; null for who works none. */
  readonly addTo?: Pick<AddToCaseProps, 'choices' | 'add'> | null;
};

// The address says it all, and moves with every step: it is read when somebody presses.
const traceHere = () => ({ kind: 'trace' as const, address: window.location.pathname + window.location.search });

const TEXTS_MOST = 26;
const NODE_WIDTHS = { 'zh-CN': 118, en: 124 };

/** The screen of one trace: its picture or its table, the method, the conditions, one node's details, and time. */
export function TraceBoard(props: TraceBoardProps) {
  const { origin, initial, span, counts, conditions, actions, trail, title } = props;
  const t = useTranslations('trace');
  const router = useRouter();
  const search = useSearchParams();
  const locale = formatLocale(useLocale());
  const { on: singleKeys } = useShortcuts();
  const canvas = useTraceCanvas(origin, initial, actions);
  const { picture, faces } = canvas.drawn;
  const view = TRACE_VIEWS.find((known) => known === search.get('method')) ?? 'interval';
  const asTable = search.get('view') === 'table';
  const [selectedId, select] = useLookedAt();
  const selected = picture.nodes.some(({ id }) => id === selectedId) ? selectedId : null;
  const [noting, setNoting] = useState<string | null>(null);
  const [keysOpen, setKeysOpen] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const [box, size] = useElementSize<HTMLElement>();
  const order = useFirstOrder(picture);

  const sourceMinor = BigInt(picture.conservation.fifo.source);
  const unit = useMemo(() => traceUnit(sourceMinor, picture.currency, locale), [sourceMinor, picture.currency, locale]);
  const columns = 1 + Math.max(0, ...picture.columns.map(({ layer }) => layer), ...picture.nodes.map(({ layer }) => layer));
  const nodeWidth = NODE_WIDTHS[locale];
  const placed = useMemo(() => (order ? places({ ...picture, firstOrder: order, sourceMinor }) : null), [picture, order, sourceMinor]);
  const { zoom, step } = useMemo(
    () => fitting(placed, picture.waves[0]?.nodes ?? [], { ...size, nodeWidth }, columns),
    [placed, picture, size, columns, nodeWidth],
  );
  const scene = useMemo(
    () => (placed ? sceneOf(picture, { places: placed, step, nodeWidth }, view) : { nodes: [], bands: [] }),
    [picture, placed, step, view, nodeWidth],
  );
  const describe = useNodeWords({ picture, faces, view, unit });
  const bandText = useCallback(
    (band: (typeof scene.bands)[number]) => {
      const { from, to, pinned } = band.edge;
      const wanted = scene.bands.length <= TEXTS_MOST || pinned || (selected !== null && (from === selected || to === selected));
      return wanted ? amountText(band.edge.amounts, view, unit) : null;
    },
    [scene, selected, view, unit],
  );
  // Where one looks, and how, is part of the address, but no step back.
  const look = useCallback((changes: Readonly<Record<string, string>>) => history.replaceState(null, '', addressWith(changes)), []);
  const ask = useCallback((changes: Readonly<Record<string, string>>) => router.push(addressWith(changes), { scroll: false }), [router]);

  const key = useCallback(
    (event: KeyboardEvent, id: string) => {
      const letter = event.key.toLowerCase();
      const command = event.ctrlKey || event.metaKey;
      const node = picture.nodes.find((one) => one.id === id);
      const single = node?.account === null ? null : id;
      const run = (work: () => void) => {
        event.preventDefault();
        event.stopPropagation();
        work();
      };
      if (command && letter === 'z') return run(event.shiftKey ? canvas.redo : canvas.undo);
      if (command || event.altKey) return;
      if (event.key === 'Enter')
        return run(() => {
          if (selected === null) select(id);
          if (node && (node.kind === 'rest' || node.kind === 'rest-outside')) canvas.act({ kind: 'more', layer: node.layer });
          else panel.current?.focus();
        });
      if (event.key === 'Escape') return run(() => select(null));
      if (event.key === '?') return run(() => setKeysOpen(true));
      if (!singleKeys) return;
      if (letter === 'u') return run(canvas.undo);
      if (letter === 'e' && node)
        return run(() => canvas.act(single === null ? { kind: 'more', layer: node.layer } : { kind: 'expand', of: single }));
      if (single === null) return;
      if (letter === 'f') return run(() => canvas.act(event.shiftKey ? { kind: 'hide', of: single } : { kind: 'fold', of: single }));
      if (letter === 'p') return run(() => canvas.act({ kind: node?.pinned === 'end' ? 'unpin' : 'pin', of: single }));
      if (letter === 'n') return run(() => setNoting(single));
    },
    [canvas, picture, selected, select, singleKeys],
  );
  // Undoing works wherever one is on the screen, except in a field.
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || event.defaultPrevented) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]')) return;
      event.preventDefault();
      if (event.shiftKey) canvas.redo();
      else canvas.undo();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [canvas]);

  const accounts = picture.columns.reduce((sum, { accounts: here }) => sum + here, 0);
  const node = picture.nodes.find(({ id }) => id === selected) ?? null;
  return (
    <div className="tr" data-busy={canvas.busy}>
      <header className="head">
        {trail}
        <h1>{title}</h1>
        <Segmented
          label={t('direction.label')}
          value={picture.direction}
          segments={(['forward', 'backward'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
          onChange={(value) =>
            value !== picture.direction && ask({ d: value === 'forward' ? '' : value, c: '', at: '', window: '', range: props.turnedRange })
          }
        />
        <span className="meta cut only-l" data-testid="trace-counts">
          {t('counts', {
            hops: picture.hops,
            shown: formatCount(picture.nodes.length),
            accounts: formatCount(accounts),
          })}
        </span>
        <span className="sp" />
        <button
          type="button"
          className="btn quiet icon"
          aria-label={t('undo')}
          title={t('undo')}
          disabled={!canvas.canUndo}
          onClick={canvas.undo}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="btn quiet icon"
          aria-label={t('redo')}
          title={t('redo')}
          disabled={!canvas.canRedo}
          onClick={canvas.redo}
        >
          <Icon name="redo" />
        </button>
        <button type="button" className="btn" aria-pressed={asTable} onClick={() => look({ view: asTable ? '' : 'table' })}>
          <Icon name={asTable ? 'branch' : 'table'} small />
          {t(asTable ? 'asGraph' : 'asTable')}
        </button>
        {props.addTo ? <AddToCase item={traceHere} {...props.addTo} /> : null}
        <ImageMenu
          nodeWidth={nodeWidth}
          {...{ scene, picture, describe, view, unit, step, mark: props.mark, columns, title }}
          asked={canvas.asked}
          record={actions.recordImage}
        />
      </header>
      <div className="sub">
        <span className="t3 only-l">{t('method.label')}</span>
        <Segmented
          label={t('method.label')}
          value={view}
          segments={TRACE_VIEWS.map((value) => ({ value, label: t(`method.${value}`) }))}
          onChange={(value: TraceView) => look({ method: value === 'interval' ? '' : value })}
        />
        <span className="meta cut only-l">{t(`explain.${view}`)}</span>
        <span className="sp" />
        <PruningChips picture={picture} conditions={conditions} />
        <Conditions conditions={conditions} currency={picture.currency} onAsk={ask} />
      </div>
      <figure ref={box} className="tr-figure" aria-label={t('graph.label')} data-ready={order !== null}>
        {asTable ? (
          <TraceTable {...{ picture, faces, view, unit, describe, selected }} onSelect={select} />
        ) : (
          <>
            {order && size.width > 0 && size.height > 0 ? (
              <TraceGraph
                {...{ picture, scene, size, step, zoom, describe, bandText, selected }}
                nodeWidth={nodeWidth}
                onSelect={select}
                onKey={key}
                label={t('graph.spoken', { shown: picture.nodes.length, accounts, hops: picture.hops })}
              />
            ) : null}
            <ConservationLine picture={picture} view={view} unit={unit} />
            <KeysHint open={keysOpen} onOpenChange={setKeysOpen} />
          </>
        )}
        <p className="visually-hidden" role="status">
          {canvas.said ? <SaidWords key={canvas.said.count} said={canvas.said.words} /> : null}
        </p>
      </figure>
      <aside ref={panel} className="side" tabIndex={-1} aria-label={t('panel.label')}>
        {canvas.said && isRefusal(canvas.said.words) ? (
          <p className="tr-said">
            <SaidWords said={canvas.said.words} />
          </p>
        ) : null}
        {node ? (
          <NodePanel
            key={node.id}
            {...{ node, picture, faces, view, unit, describe, conditions }}
            onAct={canvas.act}
            onNote={setNoting}
            onAsk={ask}
            asked={canvas.asked}
            payments={actions.payments}
            freeze={props.freeze}
          />
        ) : (
          <OverviewPanel drawn={canvas.drawn} unit={unit} />
        )}
      </aside>
      <TimeSlider
        {...span}
        counts={counts}
        onChoose={(chosen) => ask({ window: chosen ? formatRange({ from: new Date(chosen.fromMs), to: new Date(chosen.toMs) }) : '' })}
      />
      <NoteDialog
        of={noting}
        text={picture.nodes.find(({ id }) => id === noting)?.note ?? ''}
        name={noting === null ? '' : describe(noting).name}
        onClose={() => setNoting(null)}
        onWrite={(of, text) => canvas.act({ kind: 'note', of, text })}
      />
    </div>
  );
}

// The address follows the eye, and never the other way round but for Back and Forward: keys may come faster than addresses change.
function useLookedAt(): readonly [string | null, (id: string | null) => void] {
  const inAddress = useSearchParams().get('at');
  const [at, setAt] = useState(inAddress);
  const written = useRef(new Set([inAddress]));
  useEffect(() => {
    if (!written.current.has(inAddress)) setAt(inAddress);
    written.current = new Set([inAddress]);
  }, [inAddress]);
  const select = useCallback((id: string | null) => {
    written.current.add(id);
    setAt(id);
    history.replaceState(null, '', addressWith({ at: id ?? '' }));
  }, []);
  return [at, select];
}

/**
 * How large the first wave is drawn so that its height is used, and how far columns stand apart so that they fill the width. Later waves
 * change neither: what stands stays.
 */
function fitting(
  placed: ReadonlyMap<string, Place> | null,
  first: readonly { readonly id: string }[],
  { width, height, nodeWidth }: { readonly width: number; readonly height: number; readonly nodeWidth: number },
  columns: number,
): { readonly zoom: number; readonly step: number } {
  const spots = first.flatMap(({ id }) => placed?.get(id) ?? []);
  const tall = Math.max(1, ...spots.map(({ y, height: own }) => y + own)) - Math.min(0, ...spots.map(({ y }) => y));
  const zoom = Math.min(1.2, Math.max(0.94, (height - 94) / tall));
  const room = width / zoom - 32 / zoom - nodeWidth;
  return { zoom, step: Math.round(Math.min(320, Math.max(nodeWidth + 46, room / Math.max(1, columns - 1)))) };
}

function isRefusal(said: Said): boolean {
  return said.kind === 'failed' || (said.kind === 'effect' && (said.effect.kind === 'refused' || said.effect.left > 0));
}

function SaidWords({ said }: { readonly said: Said }) {
  const t = useTranslations('trace.said');
  if (said.kind !== 'effect') return t(said.kind);
  const { effect } = said;
  if (effect.kind === 'refused') return t(`refused.${effect.reason}`);
  if (effect.left > 0) return t('left', { shown: effect.shown, left: effect.left });
  return t('done', { shown: effect.shown, folded: effect.folded });
}

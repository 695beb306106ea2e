'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { type LayoutBand, sankeyLayout } from '@/domain/overview/sankey-layout';
import { useElementSize } from './element-size';

/** `amount` is written as it is to be read, without its unit: the caption names the unit once. */
export type SankeyEnd = {
  readonly id: string;
  readonly label: string;
  readonly amount: string;
  readonly weight: number;
  readonly href?: string;
  /** The folded rest of a side: drawn in grey. */
  readonly rest?: boolean;
};
/** `title` is the whole sentence of one band: who, whom, how much. */
export type SankeyBand = LayoutBand & { readonly title: string; readonly href?: string; readonly rest?: boolean };

const END_PX = 5;
const BAND_INSET_PX = 8;
const NARROW_PX = 460;
const NARROW_HALF_PX = 300;

/**
 * Payers on the left against payees on the right. Band width is amount, depth of colour too; ends are orange (out) and blue (in).
 * Drawn here because the ends' least height and the labels' spread are not to be had from a chart library.
 * One tab stop: arrow keys walk the named bands from the largest down, then the rest, Enter opens the pair.
 */
export function Sankey({
  left,
  right,
  bands,
  summary,
  bare,
  absolute,
  textPx = 12,
}: {
  left: readonly SankeyEnd[];
  right: readonly SankeyEnd[];
  bands: readonly SankeyBand[];
  summary: string;
  /** A side whose ends carry no words: it is named elsewhere. */
  bare?: 'left' | 'right';
  /** Weights are shares of the height, so that two pictures beside each other share a scale. */
  absolute?: boolean;
  /** Size of the words: larger on a wall. */
  textPx?: number;
}) {
  const [ref, box] = useElementSize<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const router = useRouter();
  const statusId = useId();
  const byAmount = useMemo(() => {
    const named = (band: SankeyBand) => Number(band.rest ?? false);
    return bands.map((band, i) => ({ band, i })).sort((a, b) => named(a.band) - named(b.band) || b.band.weight - a.band.weight);
  }, [bands]);

  const onKeyDown = (event: KeyboardEvent) => {
    const place = byAmount.findIndex(({ i }) => i === active);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step !== undefined && byAmount.length > 0) {
      event.preventDefault();
      setActive(byAmount[(place + step + byAmount.length) % byAmount.length]?.i ?? null);
    }
    const href = active === null ? undefined : bands[active]?.href;
    if (event.key === 'Enter' && href) router.push(href);
    if (event.key === 'Escape') setActive(null);
  };

  return (
    <div ref={ref} className="absolute inset-0">
      {box.width > 0 && box.height > 0 ? (
        <svg
          width={box.width}
          height={box.height}
          role="application"
          aria-label={summary}
          aria-describedby={statusId}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={() => setActive(null)}
          className="absolute inset-0 outline-offset-[-2px]"
        >
          <Drawing
            left={left}
            right={right}
            bands={bands}
            width={box.width}
            height={box.height}
            active={active}
            onActive={setActive}
            bare={bare}
            absolute={absolute}
            textPx={textPx}
          />
        </svg>
      ) : null}
      <span id={statusId} role="status" className="sr-only">
        {active === null ? '' : bands[active]?.title}
      </span>
    </div>
  );
}

function Drawing(props: {
  left: readonly SankeyEnd[];
  right: readonly SankeyEnd[];
  bands: readonly SankeyBand[];
  width: number;
  height: number;
  active: number | null;
  onActive: (band: number | null) => void;
  bare: 'left' | 'right' | undefined;
  absolute: boolean | undefined;
  textPx: number;
}) {
  const { left, right, bands, width, height, active, onActive, bare, absolute = false, textPx } = props;
  const narrow = width < (bare ? NARROW_HALF_PX : NARROW_PX);
  const share = bare ? Math.min(210, width * 0.52) : Math.min(190, Math.max(126, width * 0.19));
  const labelWidth = (narrow ? Math.min(104, width * 0.27) : share) * (textPx / 12);
  const layout = useMemo(
    () =>
      sankeyLayout({
        left,
        right,
        bands,
        height: height - 8,
        gap: narrow ? 5 : Math.max(3, height * 0.011),
        labelPx: textPx + 3,
        absolute,
      }),
    [left, right, bands, height, narrow, absolute, textPx],
  );
  const x0 = bare === 'left' ? 0 : 16 + labelWidth;
  const x1 = bare === 'right' ? width : width - 16 - labelWidth;
  const largest = Math.max(...bands.filter((band) => !band.rest).map((band) => band.weight), Number.MIN_VALUE);
  const place = new Map(bands.map((band, i) => [`${band.from}>${band.to}`, i]));
  // Grey rests go beneath, so that they never veil a named flow.
  const placed = layout.bands
    .map((lie) => ({ lie, i: place.get(`${lie.from}>${lie.to}`) as number }))
    .sort((a, b) => Number(bands[b.i]?.rest ?? false) - Number(bands[a.i]?.rest ?? false));
  return (
    <>
      <g>
        {placed.map(({ lie, i }) => {
          const band = bands[i] as SankeyBand;
          const key = `${lie.from}>${lie.to}`;
          const shape = (
            <path
              key={key}
              d={bandPath({ ...lie, x0: x0 + BAND_INSET_PX, x1: x1 - BAND_INSET_PX })}
              fill={band.rest ? 'var(--chart-compare)' : `var(--depth-${depthOf(band.weight / largest)})`}
              opacity={active === i ? 1 : band.rest ? 0.16 : active === null ? 0.66 : 0.28}
              onPointerEnter={() => onActive(i)}
              onPointerLeave={() => onActive(null)}
            >
              <title>{band.title}</title>
            </path>
          );
          return band.href ? (
            <a key={key} href={band.href} tabIndex={-1}>
              {shape}
            </a>
          ) : (
            shape
          );
        })}
      </g>
      {(['left', 'right'] as const).map((side) =>
        layout[side].map((end, i) => (
          <End
            key={end.id}
            end={(side === 'left' ? left : right)[i] as SankeyEnd}
            place={end}
            side={side}
            x={side === 'left' ? x0 : x1 - BAND_INSET_PX + 3}
            width={width}
            narrow={narrow}
            labelWidth={labelWidth}
            bare={bare === side}
            textPx={textPx}
            lit={active !== null && (bands[active]?.from === end.id || bands[active]?.to === end.id)}
          />
        )),
      )}
    </>
  );
}

function End(props: {
  end: SankeyEnd;
  place: { y: number; height: number; labelY: number };
  side: 'left' | 'right';
  x: number;
  width: number;
  narrow: boolean;
  labelWidth: number;
  bare: boolean;
  textPx: number;
  lit: boolean;
}) {
  const { end, place, side, x, width, narrow, labelWidth, bare, textPx, lit } = props;
  const left = side === 'left';
  const middle = place.y + place.height / 2;
  const edge = left ? x - 1 : x + END_PX + 1;
  const fill = end.rest ? 'var(--line-strong)' : left ? 'var(--direction-out)' : 'var(--direction-in)';
  const size = { fontSize: textPx };
  const text = { ...size, fill: lit ? 'var(--text-1)' : 'var(--text-2)', fontWeight: lit ? 500 : 400 };
  const amountWidth = narrow ? 0 : (end.amount.length * 7 * textPx) / 12 + 10;
  const label = (
    <text
      x={left ? (narrow ? x - 8 : 16) : x + END_PX + 9}
      y={place.labelY + textPx / 3}
      textAnchor={left && narrow ? 'end' : 'start'}
      style={text}
    >
      {clipped(end.label, ((labelWidth - 10 - amountWidth) * 12) / textPx)}
      <title>{`${end.label} ${end.amount}`}</title>
    </text>
  );
  return (
    <g>
      <rect x={x} y={place.y} width={END_PX} height={place.height} rx={1} fill={fill} />
      {!bare && Math.abs(middle - place.labelY) > 3 ? (
        <path d={`M${edge} ${middle.toFixed(1)}L${edge + (left ? -5 : 5)} ${place.labelY.toFixed(1)}`} stroke="var(--line-strong)" />
      ) : null}
      {bare ? null : end.href ? (
        <a href={end.href} tabIndex={-1} className="fig">
          {label}
        </a>
      ) : (
        label
      )}
      {narrow || bare ? null : (
        <text x={left ? x - 9 : width - 16} y={place.labelY + textPx / 3} textAnchor="end" style={size}>
          {end.amount}
        </text>
      )}
    </g>
  );
}

/** Ten depths over the range that the eye tells apart: each step is 1.5 times less. */
function depthOf(share: number): number {
  return Math.max(2, Math.min(10, Math.round(10 + 2.6 * Math.log(share))));
}

function bandPath(band: { x0: number; x1: number; fromY: number; toY: number; fromHeight: number; toHeight: number }): string {
  const { x0, x1, fromY, toY } = band;
  const middle = ((x0 + x1) / 2).toFixed(1);
  const [a, b] = [fromY.toFixed(1), toY.toFixed(1)];
  const [c, d] = [(toY + band.toHeight).toFixed(1), (fromY + band.fromHeight).toFixed(1)];
  return `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${c}C${middle} ${c} ${middle} ${d} ${x0} ${d}Z`;
}

/** Chinese characters are as wide as the type is high, Latin ones about half: enough to cut a label where its column ends. */
function clipped(label: string, px: number): string {
  let room = px;
  for (const [i, character] of [...label].entries()) {
    room -= character.charCodeAt(0) > 0x2e7f ? 12.2 : 6.6;
    if (room < 0) return `${[...label].slice(0, Math.max(1, i - 1)).join('')}…`;
  }
  return label;
}

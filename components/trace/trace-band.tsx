'use client';

import type { Edge, EdgeProps } from '@xyflow/react';
import type { SceneBand } from '@/domain/tracing/canvas/scene';

export type TraceBandData = {
  readonly band: SceneBand;
  /** It begins or ends at the node that is being looked at. */
  readonly near: boolean;
  /** The amount to write on it, or null for none. */
  readonly text: string | null;
};

// Narrower than this the mark would hide the band.
const BACK_MARKED = 8;

/** Money between two nodes: the core is the least over the methods, the halo the most. */
export function TraceBand({ data }: EdgeProps<Edge<TraceBandData>>) {
  if (!data) return null;
  const { band, near, text } = data;
  return (
    <g
      className="tr-band"
      data-pinned={band.edge.pinned}
      data-near={near}
      data-back={band.back}
      data-unknown={band.edge.from.startsWith('unknown:')}
    >
      {band.edge.pinned ? <path className="tr-gap" d={band.path} strokeWidth={band.halo + 4} /> : null}
      <path className="tr-halo" d={band.path} strokeWidth={band.halo} />
      {band.core > 0 ? <path className="tr-core" d={band.path} strokeWidth={band.core} /> : null}
      {band.back && (near || band.halo > BACK_MARKED) ? (
        <text className="tr-band-text tr-back" x={band.labelX} y={band.labelY} textAnchor="middle" dominantBaseline="central">
          ↩
        </text>
      ) : null}
      {text === null ? null : (
        <text
          className="tr-band-text"
          x={band.labelX}
          y={band.labelY - (band.back ? 14 : 0)}
          textAnchor="middle"
          dominantBaseline="central"
        >
          {text}
        </text>
      )}
    </g>
  );
}

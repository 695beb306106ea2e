'use client';
import type { ReactNode } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { Mosaic, type MosaicCell, mosaicPitch } from '@/components/charts/mosaic';

export type MosaicGroup = { readonly kind: string; readonly name: string; readonly label: string; readonly cells: readonly MosaicCell[] };

const CAPTION_PX = 26;
const NAMES_PX = 34;

/** Groups of squares one under the other, as large as their region allows; below them whoever is named. */
export function MosaicGroups({
  groups,
  textPx = 12,
  children,
}: {
  groups: readonly MosaicGroup[];
  /** Size of the words: larger on a wall. */
  textPx?: number;
  children: ReactNode;
}) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const { pitch, columns } = mosaicPitch({
    counts: groups.map((group) => group.cells.length),
    width: Math.max(1, size.width),
    height: size.height - (children ? NAMES_PX : 0),
    perGroupPx: CAPTION_PX * (textPx / 12),
  });
  return (
    <div ref={ref} className="ov-groups">
      {size.width > 0
        ? groups.map((group, i) => (
            <div key={group.kind} style={{ marginTop: i > 0 ? 6 : 0 }}>
              <p className="k" style={{ fontSize: textPx, lineHeight: `${textPx + 4}px` }}>
                <b>{group.name}</b>
                {group.cells.length}
              </p>
              <Mosaic cells={group.cells} lines={columns} pitch={pitch} label={group.label} />
            </div>
          ))
        : null}
      {children ? (
        <div className="row" style={{ justifyContent: 'space-between', fontSize: 12 }}>
          {children}
        </div>
      ) : null}
    </div>
  );
}

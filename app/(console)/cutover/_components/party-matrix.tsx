'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { CELL_STATES } from '@/domain/cut-over/cell-state';
import { cutOverInstitutionLink } from '@/domain/cut-over/cut-over-links';

type Party = { readonly code: string; readonly name: string };
type PartyMatrixProps = {
  readonly institutions: readonly Party[];
  readonly banks: readonly Party[];
  /** A line an institution, a sign a bank: an index into the states, or a dot. */
  readonly states: readonly string[];
  readonly days: number;
};
type Place = { readonly row: number; readonly column: number };

// Colour, and whether a mark is drawn on it: what must be found reads without colour too.
const LOOKS = [
  { colour: '--state-down', mark: true },
  { colour: '--state-unknown', mark: false, hollow: true },
  { colour: '--state-up', mark: false, half: true },
  { colour: '--state-up', mark: false },
] as const;

/** Who has really cut over from whom: institutions × banks, worst institutions first. Arrow keys move, Enter opens the pair. */
export function PartyMatrix({ institutions, banks, states, days }: PartyMatrixProps) {
  const t = useTranslations('cutover');
  const router = useRouter();
  const [ref, { width, height }] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const cellWidth = banks.length > 0 ? width / banks.length : 1;
  const cellHeight = institutions.length > 0 ? Math.max(3, height / institutions.length) : 1;

  useEffect(() => {
    const target = canvas.current;
    const pen = target?.getContext('2d');
    if (!target || !pen || width === 0) return;
    const draw = () => {
      const ratio = globalThis.devicePixelRatio || 1;
      target.width = Math.round(width * ratio);
      target.height = Math.round(cellHeight * institutions.length * ratio);
      pen.scale(ratio, ratio);
      const style = getComputedStyle(target);
      const gapX = cellWidth > 4 ? 1 : 0.5;
      const gapY = cellHeight > 4 ? 1 : 0.5;
      // The quiet ones first, so that what must be found lies on top.
      for (let state = LOOKS.length - 1; state >= 0; state--) {
        const look = LOOKS[state];
        if (!look) continue;
        const colour = style.getPropertyValue(look.colour).trim();
        pen.fillStyle = colour;
        pen.strokeStyle = colour;
        for (const [row, line] of states.entries())
          for (let column = 0; column < line.length; column++) {
            if (line[column] !== String(state)) continue;
            const [x, y, w, h] = [column * cellWidth, row * cellHeight, Math.max(1, cellWidth - gapX), Math.max(1, cellHeight - gapY)];
            if ('hollow' in look) pen.fillRect(x, y + h / 2 - 0.5, w, 1);
            else if ('half' in look) pen.fillRect(x, y + h / 2, w, h / 2);
            else pen.fillRect(x, y, look.mark ? Math.max(w, 3) : w, look.mark ? Math.max(h, 3) : h);
          }
      }
    };
    draw();
    const watching = new MutationObserver(draw);
    watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => watching.disconnect();
  }, [width, cellWidth, cellHeight, institutions.length, states]);

  const at = (event: PointerEvent): Place | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / cellWidth);
    const row = Math.floor((event.clientY - box.top) / cellHeight);
    return row >= 0 && row < institutions.length && column >= 0 && column < banks.length ? { row, column } : null;
  };
  const open = (where: Place) => {
    const [institution, bank] = [institutions[where.row], banks[where.column]];
    if (institution && bank) router.push(cutOverInstitutionLink(institution.code, { days, bank: bank.code }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, readonly [number, number]> = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      const here = place ?? { row: 0, column: -1 };
      setPlace({
        row: Math.max(0, Math.min(institutions.length - 1, here.row + step[0])),
        column: Math.max(0, Math.min(banks.length - 1, here.column + step[1])),
      });
    } else if (event.key === 'Enter' && place) open(place);
    else if (event.key === 'Escape') setPlace(null);
  };
  const sign = place ? (states[place.row]?.[place.column] ?? '.') : '.';
  const said = place
    ? t('matrix.cell', {
        institution: institutions[place.row]?.name ?? '',
        bank: banks[place.column]?.name ?? '',
        state: sign === '.' ? t('matrix.none') : t(`state.${CELL_STATES[Number(sign)] ?? 'zero'}`),
      })
    : t('matrix.hint');
  return (
    <figure className="co-matrix">
      <figcaption className="cap">
        <h2>{t('matrix.title')}</h2>
        <span className="meta">{t('matrix.unit', { institutions: institutions.length, banks: banks.length })}</span>
        <span className="sp" />
        <span className="meta" role="status">
          {said}
        </span>
      </figcaption>
      <div
        ref={ref}
        className="co-plot"
        role="application"
        aria-label={t('matrix.label')}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setPlace(at(event))}
        onPointerLeave={() => setPlace(null)}
        onClick={() => place && open(place)}
      >
        <canvas ref={canvas} style={{ width, height: cellHeight * institutions.length }} />
        {place ? (
          <>
            <span className="co-cross-row" style={{ top: place.row * cellHeight, height: cellHeight }} />
            <span className="co-cross-column" style={{ left: place.column * cellWidth, width: cellWidth }} />
          </>
        ) : null}
      </div>
    </figure>
  );
}

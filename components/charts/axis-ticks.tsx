export type TickProps = { readonly x: number | string; readonly y: number | string; readonly payload: { readonly value: number } };

/** A mark of the value axis. */
export function ValueTick({ x, y, text, textPx }: TickProps & { readonly text: string; readonly textPx: number }) {
  return (
    <text x={x} y={Number(y) + textPx / 3} textAnchor="end" style={{ fontSize: textPx, fill: 'var(--text-3)' }}>
      {text}
    </text>
  );
}

/** A mark of the time axis: dates and the present stand out from the hours. */
export function ClockTick({
  x,
  y,
  text,
  textPx,
  lit,
}: TickProps & { readonly text: string; readonly textPx: number; readonly lit: boolean }) {
  return (
    <text
      x={x}
      y={Number(y) + textPx}
      textAnchor={lit ? 'end' : 'middle'}
      style={{ fontSize: textPx, fill: lit || text.includes('-') ? 'var(--text-1)' : 'var(--text-3)' }}
    >
      {text}
    </text>
  );
}

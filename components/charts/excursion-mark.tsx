/** Severity diamond on its line, with the sentence to the side that has room; where neither has, it is told on hover and in the table. */
export function ExcursionMark({
  x,
  y,
  width,
  text,
  textPx,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly textPx: number;
}) {
  const left = x > width / 2;
  const room = (left ? x : width - x) - 9;
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{text}</title>
      <path d="M0-10.8L4.8-6 0-1.2-4.8-6z" fill="var(--severity-major)" stroke="var(--severity-major-text)" strokeWidth="1.1" />
      {textWidth(text) * textPx <= room ? (
        <text x={left ? -9 : 9} y={-2} textAnchor={left ? 'end' : 'start'} style={{ fill: 'var(--text-2)', fontSize: textPx }}>
          {text}
        </text>
      ) : null}
    </g>
  );
}

/** About how wide a text is, in ems: Han characters and full-width marks are one each, others somewhat more than half. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 1 : 0.56), 0);
}

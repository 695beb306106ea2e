/** Water from one spring into many streams: the sign-in page's only ornament, drawn from the depth scale. */
export function Streams() {
  return (
    <svg className="streams" viewBox="0 0 1366 768" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {STREAMS.map(({ d, width, depth }) => (
        <path key={d} d={d} fill="none" stroke={`var(--depth-${depth})`} strokeWidth={width} strokeLinecap="round" />
      ))}
      <circle cx="96" cy="236" r="7" fill="var(--accent)" />
    </svg>
  );
}

const ENDS = [-60, 40, 128, 205, 272, 330, 382, 430, 476, 522, 570, 622, 680, 748, 830];

const STREAMS = ENDS.map((y, i) => {
  const middle = Math.abs(i - 7);
  const x1 = 330 + (i % 3) * 46;
  const x2 = 820 - (i % 4) * 34;
  return {
    d: `M96 236C${x1} ${236 + (i - 5) * 5} ${x2} ${y} 1420 ${y}`,
    width: 13 - middle * 1.35,
    depth: Math.max(1, 5 - Math.floor(middle / 2)),
  };
});

/** Log axis shared by every whisker of a column: 50 ms to 3 s over the middle 96 of 104 px. Anything beyond stays at the edge. */
const FROM_MS = 50;
const DECADES = Math.log10(60);
export const WHISKER_WIDTH = 104;

function whiskerX(ms: number): number {
  return 4 + Math.max(0, Math.min(1, Math.log10(ms / FROM_MS) / DECADES)) * 96;
}

/** p50 as a dot, a line to p95, a tick at p99. */
export function LatencyWhisker({ p50Ms, p95Ms, p99Ms, title }: { p50Ms: number; p95Ms: number; p99Ms: number; title: string }) {
  const [a, b, c] = [whiskerX(p50Ms), whiskerX(p95Ms), whiskerX(p99Ms)];
  return (
    <svg width={WHISKER_WIDTH} height={14} role="img" aria-label={title}>
      <title>{title}</title>
      <path d={`M${a} 7H${c}`} stroke="var(--line-strong)" strokeWidth={2} />
      <path d={`M${a} 7H${b}`} stroke="var(--depth-5)" strokeWidth={2} />
      <circle cx={a} cy={7} r={2.6} fill="var(--depth-8)" />
      <path d={`M${c} 3.5v7`} stroke="var(--text-2)" strokeWidth={1.4} />
    </svg>
  );
}

/** The axis of a column of whiskers, for its header. */
export function LatencyAxis() {
  return (
    <svg width={WHISKER_WIDTH} height={32} aria-hidden="true">
      {[100, 1000].map((ms) => (
        <g key={ms}>
          <text x={whiskerX(ms)} y={22} textAnchor="middle">
            {ms === 1000 ? '1 s' : ms}
          </text>
          <path d={`M${whiskerX(ms)} 26v5`} stroke="var(--line-strong)" />
        </g>
      ))}
    </svg>
  );
}

import type { FlowFigures } from '@/domain/flows/flow-figures';

/** A change with its triangle and sign, in neutral ink; a dash where there is nothing to compare with. */
export function Change({ of, figures }: { of: number | null; figures: FlowFigures }) {
  if (of === null) return <span className="delta t3">—</span>;
  return (
    <span className="delta">
      {Math.abs(of) >= 0.0005 && <span className="tri">{of > 0 ? '▲' : '▼'}</span>}
      {figures.change(of)}
    </span>
  );
}

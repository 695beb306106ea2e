import { Skeleton, SkeletonRows } from '@/components/states/skeleton';

/** The list before its figures: hairlines and heights are real at once. */
export function ListSkeleton() {
  return (
    <>
      <div className="sub" />
      <div className="txs-totals" style={{ height: 57, padding: 'var(--space-3) var(--gutter)' }}>
        <Skeleton width={420} />
      </div>
      <div className="txs-scroll">
        <table className="tbl">
          <tbody>
            <SkeletonRows rows={16} widths={[130, 150, 120, 120, 70, 50, 90]} />
          </tbody>
        </table>
      </div>
      <div className="foot" />
    </>
  );
}

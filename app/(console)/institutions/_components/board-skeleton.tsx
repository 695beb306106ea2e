const ROWS = Array.from({ length: 14 }, (_, n) => n);

/** The board's lines before its figures are there. */
export function BoardSkeleton({ title }: { title: string }) {
  return (
    <div className="ib" aria-busy="true">
      <div className="head">
        <h1>{title}</h1>
      </div>
      <div className="ib-skeleton">
        {ROWS.map((row) => (
          <div key={row} className="ib-skeleton-row">
            <span style={{ width: 150 }} />
            <span style={{ width: 70 }} />
            <span style={{ flex: 1 }} />
            <span style={{ width: 300 }} />
          </div>
        ))}
      </div>
    </div>
  );
}

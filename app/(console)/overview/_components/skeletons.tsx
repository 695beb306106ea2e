/** Hairlines and captions are real at once; only figures are blocks, at their final size. */
export function RegionSkeleton({ title, className }: { title: string; className: string }) {
  return (
    <section className={`region ${className}`} aria-busy="true">
      <div className="cap">
        <h2>{title}</h2>
      </div>
      <div className="fill ov-block" />
    </section>
  );
}

export function StateSkeleton() {
  return (
    <section className="ov-state" aria-busy="true">
      <span className="ov-block" style={{ width: 'min(560px, 70%)', height: 20 }} />
    </section>
  );
}

export function TileSkeleton() {
  return (
    <div className="ov-tile" aria-busy="true">
      <span className="l">
        <span className="ov-block" style={{ width: 64, height: 10 }} />
      </span>
      <span className="v">
        <span className="ov-block" style={{ width: 96, height: 20 }} />
      </span>
      <span className="s" />
      <span className="d">
        <span className="ov-block" style={{ width: 110, height: 10 }} />
      </span>
    </div>
  );
}

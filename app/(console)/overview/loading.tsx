import { StateSkeleton, TileSkeleton } from './_components/skeletons';
import './overview.css';

const TILES = ['throughput', 'amount', 'success', 'latency', 'online', 'quarantine'];

/** The sheet's rules at their final places, before the first figure. */
export default function OverviewLoading() {
  return (
    <div className="ov" aria-busy="true">
      <StateSkeleton />
      <section className="ov-tiles">
        {TILES.map((tile) => (
          <TileSkeleton key={tile} />
        ))}
      </section>
      <section className="region r-t" />
      <section className="region r-b r-t" />
      <section className="region" />
      <section className="region r-b" />
    </div>
  );
}

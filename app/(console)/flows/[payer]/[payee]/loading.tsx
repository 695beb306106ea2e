import { Skeleton } from '@/components/states/skeleton';
import '../../flows.css';
import './pair.css';

const FIGURES = ['amount', 'payments', 'success', 'outcomes', 'latency'];

export default function PairLoading() {
  return (
    <div className="pair" aria-busy="true">
      <header className="head">
        <Skeleton width={280} height={20} />
      </header>
      <section className="pair-strip">
        {FIGURES.map((figure) => (
          <div key={figure} className="pair-figure">
            <p>
              <Skeleton width={60} height={14} />
            </p>
            <p>
              <Skeleton width={110} height={24} />
            </p>
            <p>
              <Skeleton width={130} height={14} />
            </p>
          </div>
        ))}
      </section>
      <p className="pair-note">
        <Skeleton width={380} height={14} />
      </p>
      <div className="region pair-trend" />
      <div className="region pair-types" />
      <div className="region pair-butterfly" />
      <div className="region pair-hours" />
    </div>
  );
}

import { formatPercent } from '@/domain/format/percent';

/** A share in millionths as a bar and digits; the rest of the bar is what went directly. */
export function ShareBar({ share }: { readonly share: number | null }) {
  return (
    <span className="co-share">
      <span className="co-share-bar" aria-hidden="true">
        {share === null ? null : <span style={{ width: `${share / 10_000}%` }} />}
      </span>
      <span className="num">{formatPercent(share)}</span>
    </span>
  );
}

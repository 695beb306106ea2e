import { Delta } from '@/components/glyphs/delta';

/** A change given as a fraction; a dash where there is nothing to compare with. */
export function Change({ of }: { of: number | null }) {
  return <Delta value={of === null ? null : of * 100} decimals={of !== null && Math.abs(of) >= 10 ? 0 : 1} />;
}

import type { PictureEdge } from './picture';

export type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';
type Spot = { readonly id: string; readonly x: number; readonly y: number; readonly height: number };

/**
 * Where a key leads from a node: left and right along the band with the most money, up and down within the column, Home and End to its
 * ends. The node itself where there is nothing that way.
 */
export function walk(
  { spots, edges }: { readonly spots: readonly Spot[]; readonly edges: readonly PictureEdge[] },
  from: string,
  key: WalkKey,
): string {
  const here = spots.find(({ id }) => id === from);
  if (!here) return spots[0]?.id ?? from;
  const column = spots.filter(({ x }) => x === here.x).sort((a, b) => a.y - b.y);
  const at = column.findIndex(({ id }) => id === from);
  if (key === 'Home' || key === 'End') return column.at(key === 'Home' ? 0 : -1)?.id ?? from;
  if (key === 'ArrowUp' || key === 'ArrowDown') return column[at + (key === 'ArrowUp' ? -1 : 1)]?.id ?? from;
  const onward = key === 'ArrowRight';
  const x = new Map(spots.map((spot) => [spot.id, spot.x]));
  const along = edges
    .map((edge) => ({ to: onward ? edge.to : edge.from, of: onward ? edge.from : edge.to, high: BigInt(edge.amounts.high) }))
    .filter(({ of, to }) => of === from && x.has(to) && (onward ? (x.get(to) as number) > here.x : (x.get(to) as number) < here.x))
    .sort((a, b) => (a.high === b.high ? 0 : a.high > b.high ? -1 : 1));
  return along[0]?.to ?? from;
}

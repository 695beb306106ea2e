import { BUSINESS_OFFSET_MS, DAY_MS, type TimeRange } from '../time-range';
import { tierSpans } from './aligned-range';

/** A stretch whose pairs are read, and kept, at once: one hour, or whole business days. */
export type PairPiece = { readonly name: string; readonly tier: 'hour' | 'day'; readonly range: TimeRange };

const HOUR_MS = 3_600_000;
/** Lengths in business days. Each lies on multiples of its own length, so that ranges that roll on share most of their pieces. */
const BLOCK_DAYS = [16, 4, 1] as const;

/** Cuts whole hours into pieces: single hours at the ends, blocks of business days between. */
export function pairPieces(range: TimeRange | undefined): readonly PairPiece[] {
  if (!range) return [];
  return tierSpans(range).flatMap(({ tier, range: span }) => (tier === 'hour' ? hours(span) : blocks(span)));
}

function hours({ from, to }: TimeRange): readonly PairPiece[] {
  const count = Math.round((to.getTime() - from.getTime()) / HOUR_MS);
  return Array.from({ length: count }, (_, i) => piece('hour', from.getTime() + i * HOUR_MS, HOUR_MS));
}

function blocks({ from, to }: TimeRange): readonly PairPiece[] {
  const pieces: PairPiece[] = [];
  for (let at = from.getTime(); at < to.getTime(); ) {
    const day = Math.round((at + BUSINESS_OFFSET_MS) / DAY_MS);
    const days = BLOCK_DAYS.find((length) => day % length === 0 && at + length * DAY_MS <= to.getTime()) ?? 1;
    pieces.push(piece('day', at, days * DAY_MS));
    at += days * DAY_MS;
  }
  return pieces;
}

function piece(tier: PairPiece['tier'], fromMs: number, lengthMs: number): PairPiece {
  return { name: `${tier} ${fromMs} ${lengthMs}`, tier, range: { from: new Date(fromMs), to: new Date(fromMs + lengthMs) } };
}

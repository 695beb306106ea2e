'use client';
import { useLive } from '@/components/live/live-provider';

/** The pulse's payments a second while the page is live, else the mean of the last five whole minutes. */
export function LiveThroughput({ mean, live }: { mean: number; live: boolean }) {
  const { state, pulse } = useLive();
  const value = (live && state === 'live' ? pulse?.tps : null) ?? mean;
  return <>{value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })}</>;
}

import 'server-only';
import { alignToHours } from '@/domain/flows/aligned-range';
import { Compare, parseRange, resolveRange } from '@/domain/time-range';
import { pairFlows } from './queries/flows/pair-flows';
import { currenciesInUse } from './queries/session/currencies-in-use';
import { newestData } from './queries/session/newest-data';

/** What the flow screens and the overview open with, and the next longer range. */
const RANGES = [undefined, '7d'];

/**
 * Reads the pairs of the usual ranges into memory before anybody asks: at a dense platform the first reading takes a second or two, later
 * ones read what has changed. Nobody waits for it, and where it fails the first asker reads them.
 */
export async function warmFlows(): Promise<void> {
  const everybody = { institutionId: null };
  const [currency] = await currenciesInUse(everybody);
  const dataAt = await newestData();
  if (currency === undefined || dataAt === null) return;
  for (const text of RANGES) {
    const choice = parseRange(text);
    const aligned = alignToHours({ choice, range: resolveRange(choice, dataAt), dataAt, compare: Compare.parse(undefined) });
    await pairFlows(everybody, { aligned, currency, types: [] });
  }
}

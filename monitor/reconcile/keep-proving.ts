import type pg from 'pg';
import type { Shift } from '../shift';
import type { Reconciler } from './reconciler';

const EVERY_MS = 50_000;

/** Proves the roll-ups against their rows, for as long as the shift lasts. */
export async function keepProving({ log, metrics, wake, ended, over }: Shift, client: pg.Client, reconciler: Reconciler): Promise<void> {
  while (!over()) {
    const begun = Date.now();
    const state = await reconciler.run(client, begun);
    if (state.kind === 'drifted') {
      metrics.mismatches.set(state.comparisons.reduce((sum, { mismatchCount }) => sum + mismatchCount, 0));
      for (const { tier, from, to, mismatchCount, mismatches } of state.comparisons)
        log.error({ tier, from, to, mismatchCount, first: mismatches[0] }, 'roll-ups differ from their rows');
    } else {
      metrics.mismatches.set(0);
      metrics.reconciledAt.set(begun / 1000);
    }
    await wake.sleep(EVERY_MS - (Date.now() - begun), { deaf: true, signal: ended });
  }
}

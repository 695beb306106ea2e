import type pg from 'pg';
import type { Signer } from '@/server/evidence/signing';
import { besides } from '../besides';
import type { Shift } from '../shift';
import { Anchor, AnchorFault } from './anchor';
import { MeddledTree, sequenceOnce } from './sequence-once';

const EVERY_MS = 1_000;
/** A tree that was meddled with is not added to; it is looked at again in case somebody has put it right. */
const MEDDLED_MS = 60_000;

export type Sequencing = {
  readonly signer: Signer;
  /** Where checkpoints are kept outside the database; null for nowhere. */
  readonly anchors: string | null;
};

/** Numbers and signs what the audit log has gained, each second, for as long as the shift lasts. */
export async function keepSequencing(shift: Shift, client: pg.Client, { signer, anchors }: Sequencing): Promise<void> {
  const anchor = anchors === null ? null : new Anchor(anchors);
  await besides(shift, 'audit checkpoints', client, async () => {
    try {
      const { more } = await sequenceOnce(client, { signer, now: new Date() });
      // The database has it; a disk that is full or gone is said, and caught up with later.
      await anchor?.catchUp(client).catch((error: unknown) => {
        if (!(error instanceof AnchorFault)) throw error;
        shift.metrics.faults.inc();
        shift.log.error({ err: error }, 'audit checkpoints cannot be kept outside the database');
      });
      return more ? 0 : EVERY_MS;
    } catch (error) {
      if (!(error instanceof MeddledTree)) throw error;
      shift.metrics.faults.inc();
      shift.log.error({ err: error }, 'the audit tree was meddled with; nothing is added to it: headwater audit verify says what');
      return MEDDLED_MS;
    }
  });
}

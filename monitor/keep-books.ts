import type pg from 'pg';
import { besides } from './besides';
import { matchingConsumer } from './cut-over/matching-consumer';
import { BOOKS_WATERMARK, followOnce } from './follow';
import { MissingRows } from './missing-rows';
import type { Rush } from './rush';
import { settlementConsumer } from './settlement/settlement-consumer';
import type { Shift } from './shift';

/** Books may be a little behind the live figures: fewer, larger chunks cost less. */
const EVERY_MS = 1_000;
/** While rows arrive in bulk they stand back further, but never for longer than this at a time. */
const STANDS_BACK_MS = 30_000;
const LOOKS_AGAIN_MS = 250;
/** Nobody reads past a transaction that writes: a chunk of books that took long would make the live figures wait. */
const ROWS_MAX = 8_000;
/** A session closed while a chunk was being written: the chunk is read again. */
const SERIALISATION_FAILURE = '40001';
const READ_AGAIN_MAX = 5;

/** Settlement's positions and the cut-over's verdicts, behind the live figures and without holding them up. */
export async function keepBooks(shift: Shift, client: pg.Client, rush: Pick<Rush, 'on'>): Promise<void> {
  const missing = new MissingRows();
  let lookedMs = Date.now();
  await besides(shift, 'books', client, async () => {
    const begun = Date.now();
    if (rush.on(begun) && begun - lookedMs < STANDS_BACK_MS) return LOOKS_AGAIN_MS;
    const chunk = await followed(shift, client, {
      watermark: BOOKS_WATERMARK,
      consumers: [matchingConsumer, settlementConsumer],
      nowMs: begun,
      rowsMax: ROWS_MAX,
      acceptMissing: missing.waitedEnough(begun),
    });
    missing.after(chunk, begun);
    if (chunk.more) return 0;
    lookedMs = Date.now();
    return EVERY_MS;
  });
}

async function followed({ log }: Shift, client: pg.Client, chunk: Parameters<typeof followOnce>[1]): ReturnType<typeof followOnce> {
  for (let times = 1; ; times++) {
    try {
      return await followOnce(client, chunk);
    } catch (error) {
      if ((error as { code?: string }).code !== SERIALISATION_FAILURE || times === READ_AGAIN_MAX) throw error;
      log.info({ times }, 'a settlement session closed meanwhile; the chunk is read again');
    }
  }
}

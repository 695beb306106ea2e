import 'server-only';
import * as z from 'zod';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { promisedRows as countOf } from './export-page';
import { REGISTER, registerOf } from './register';
import { SNAPSHOT_EXCEPT, SNAPSHOT_UP_TO } from './snapshot-conditions';

export type Promised = { readonly kind: 'counted'; readonly rows: bigint } | { readonly kind: 'too-long' };

const COUNTING_MS_MAX = 12_000;
const Id = z.array(z.object({ id: z.string() }));

/** How many rows the export of a question will have, counted one by one in its snapshot. */
export async function promisedRows(_actor: Actor, { question }: { question: ExportQuestion }): Promise<Promised> {
  try {
    return await database().$transaction(
      async (tx) => {
        await tx.$executeRaw`set transaction isolation level repeatable read, read only`;
        await tx.$queryRaw`select set_config('statement_timeout', ${String(COUNTING_MS_MAX)}, true)`;
        const register = registerOf(await tx.$queryRaw(REGISTER));
        const [first] = Id.parse(await tx.$queryRaw(SNAPSHOT_UP_TO(question.snapshot)));
        const upTo = first?.id ?? '0';
        const except = Id.parse(await tx.$queryRaw(SNAPSHOT_EXCEPT(question.snapshot, upTo))).map(({ id }) => id);
        const [counted] = z
          .array(z.object({ rows: z.coerce.bigint() }))
          .parse(await tx.$queryRaw(countOf({ question, register, batches: { upTo, except } })));
        return { kind: 'counted', rows: counted?.rows ?? 0n } as const;
      },
      { timeout: COUNTING_MS_MAX + 3_000 },
    );
  } catch (error) {
    // 57014: the statement took longer than it was given.
    if (/57014|statement timeout/.test(String((error as Error).message))) return { kind: 'too-long' };
    throw error;
  }
}

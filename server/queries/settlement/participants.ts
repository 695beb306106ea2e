import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  currency: z.string(),
  capMinor: z.coerce.bigint().nullable(),
});
export type Participant = z.infer<typeof Row>;

/** Names and caps of institutions by their row number. Names are no secret: a counterparty is shown by name to its counterparty. */
export async function participants(_actor: Actor, { locale }: { locale: string }): Promise<ReadonlyMap<number, Participant>> {
  const chinese = locale.startsWith('zh');
  const rows = await database().$queryRaw`
    select i.id, i.code, case when ${chinese} then i.short_zh else i.short_en end as name, i.kind::text as kind, i.currency,
      i.net_debit_cap_minor::text as "capMinor"
    from institution i`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [row.id, row]),
  );
}

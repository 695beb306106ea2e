import 'server-only';
import * as z from 'zod';
import type { CaseChoice } from '@/domain/cases/case-item';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const CHOICES_MAX = 100;
const Row = z.object({ no: z.string(), title: z.string(), holds: z.boolean() });

/** Cases that something can be put into, the last changed first, and whether each holds one of these payments or alerts already. */
export async function caseChoices(
  actor: Actor,
  { keys, alertIds }: { keys: readonly string[]; alertIds: readonly string[] },
): Promise<readonly CaseChoice[]> {
  requirePermission(actor, 'cases:view');
  return z.array(Row).parse(
    await database().$queryRaw`
      select c.no, c.title,
        exists (select 1 from case_transaction t where t.case_id = c.id and t.transaction_key = any(${[...keys]}::uuid[]))
          or exists (select 1 from case_alert a where a.case_id = c.id and a.alert_id = any(${[...alertIds]}::bigint[])) as holds
      from case_record c
      where ${onCase(actor)}
        and c.status in ('open', 'reopened')
      order by c.updated_at desc, c.id desc
      limit ${Prisma.sql`${CHOICES_MAX}`}`,
  );
}

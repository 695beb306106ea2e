import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Row = z.object({ id: z.int(), code: z.string(), name: z.string(), kind: z.string(), linked: z.boolean() });
export type CaseInstitutionRow = z.infer<typeof Row>;

/** Institutions by their row numbers and those that people linked to the case, by name. `ids` are of what the actor was shown of it. */
export async function caseInstitutions(
  actor: Actor,
  { no, ids, locale }: { no: string; ids: readonly number[]; locale: string },
): Promise<readonly CaseInstitutionRow[]> {
  requirePermission(actor, 'cases:view');
  const chinese = locale.startsWith('zh');
  return z.array(Row).parse(
    await database().$queryRaw`
      with linked as materialized (
        select k.institution_id as id
        from case_institution k
        join case_record c on c.id = k.case_id
        where c.no = ${no} and ${onCase(actor)}
      )
      select i.id, i.code, case when ${chinese} then i.short_zh else i.short_en end as name, i.kind::text as kind,
        i.id in (select id from linked) as linked
      from institution i
      where i.id = any(${[...ids]}::int[])
        or i.id in (select id from linked)
      order by 3, i.code`,
  );
}

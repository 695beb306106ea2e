import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ both: z.int(), onlyShadow: z.int(), onlyLive: z.int(), since: z.date().nullable() });
export type ShadowDifference = z.infer<typeof Row>;

/** What a version in the shadow said beside the one in force since it began: subjects that both, only it, or only the live one met. */
export async function shadowDifference(actor: Actor, { ruleId, version }: { ruleId: string; version: number }): Promise<ShadowDifference> {
  const own = actor.institutionId;
  const rows = await database().$queryRaw`
    with shadow as (
      select subject_type, subject_id, min(at) as at
      from shadow_outcome
      where rule_id = ${ruleId} and version = ${version} and (${own === null} or institution_id = ${own ?? 0})
      group by 1, 2
    ),
    since as (select min(at) as at from shadow),
    live as (
      select distinct a.subject_type, a.subject_id
      from alert a, since
      where a.rule_id = ${ruleId} and a.source = 'rule' and a.updated_at >= since.at and (${own === null} or a.institution_id = ${own ?? 0})
    )
    select count(*) filter (where s.subject_id is not null and l.subject_id is not null)::int as both,
      count(*) filter (where l.subject_id is null)::int as "onlyShadow",
      count(*) filter (where s.subject_id is null)::int as "onlyLive",
      (select at from since) as since
    from shadow s
    full join live l on l.subject_type = s.subject_type and l.subject_id = s.subject_id`;
  return Row.parse((rows as unknown[])[0]);
}

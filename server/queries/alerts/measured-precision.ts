import 'server-only';
import * as z from 'zod';
import type { Precision } from '@/domain/alerts/alert-view';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { visibleTo } from './alert-conditions';

const PRECISION_DAYS = 90;
const Row = z.object({ ruleId: z.string(), good: z.int(), judged: z.int() });

/**
 * Of the alerts that people decided about in the last 90 days, how many were accepted or escalated, by what raised them. Duplicates say
 * nothing about a rule and count on neither side.
 */
export async function measuredPrecision(
  actor: Actor,
  { ruleIds, at }: { ruleIds?: readonly string[]; at: Date },
): Promise<ReadonlyMap<string, Precision>> {
  const since = new Date(at.getTime() - PRECISION_DAYS * 86_400_000);
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select a.rule_id as "ruleId", count(*) filter (where a.state <> 'dismissed')::int as good, count(*)::int as judged
      from alert a
      where a.disposed_at >= ${since}
        and a.state in ('accepted', 'escalated', 'dismissed')
        and (${ruleIds === undefined} or a.rule_id = any(${[...(ruleIds ?? [])]}))
        and ${visibleTo(actor)}
      group by a.rule_id`,
  );
  return new Map(rows.map(({ ruleId, good, judged }) => [ruleId, { good, judged }]));
}

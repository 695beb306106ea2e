import type { ClientBase } from 'pg';
import type { Counting } from '../alerts/write-alerts';
import type { RuleHit, RuleTally } from './rule-run';

/** How often each rule was asked, by day. */
export async function writeTallies(client: ClientBase, tallies: Iterable<RuleTally>, counting: Counting): Promise<void> {
  const all = [...tallies];
  if (all.length === 0) return;
  await client.query(
    `insert into rule_day as r (rule_id, version, day, clear, hits, not_evaluable)
     select * from unnest($1::text[], $2::integer[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[])
     on conflict (rule_id, version, day) do update
     set clear = case when $7::boolean then r.clear + excluded.clear else greatest(r.clear, excluded.clear) end,
       hits = case when $7::boolean then r.hits + excluded.hits else greatest(r.hits, excluded.hits) end,
       not_evaluable = case when $7::boolean then r.not_evaluable + excluded.not_evaluable else greatest(r.not_evaluable, excluded.not_evaluable) end`,
    [
      all.map(({ rule }) => rule),
      all.map(({ version }) => version),
      all.map(({ day }) => day),
      all.map(({ clear }) => clear),
      all.map(({ hits }) => hits),
      all.map(({ notEvaluable }) => notEvaluable),
      counting === 'more',
    ],
  );
}

/** What versions in the shadow would have raised: to be held against what the live one did. */
export async function writeShadow(client: ClientBase, hits: Iterable<RuleHit>, counting: Counting): Promise<void> {
  const all = [...hits];
  if (all.length === 0) return;
  await client.query(
    `insert into shadow_outcome as s (rule_id, version, key, subject_type, subject_id, institution_id, outcome, value, transaction_key,
       transaction_count, at)
     select id, version, key, type, subject, institution, outcome, value, transaction, count, to_timestamp(at / 1000)
     from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::uuid[],
       $10::integer[], $11::double precision[]) as h (id, version, key, type, subject, institution, outcome, value, transaction, count, at)
     on conflict (rule_id, version, key) do update
     set outcome = excluded.outcome,
       value = excluded.value,
       transaction_count = case when $12::boolean then s.transaction_count else 0 end + excluded.transaction_count`,
    [
      all.map(({ rule }) => rule.id),
      all.map(({ rule }) => rule.version),
      all.map(({ key }) => key),
      all.map(({ subject }) => subject.type),
      all.map(({ subject }) => subject.id),
      all.map(({ subject }) => subject.institutionId),
      all.map(({ outcome }) => outcome),
      all.map(({ value }) => value),
      all.map(({ transactions }) => transactions[0]?.key),
      all.map(({ count }) => count),
      all.map(({ firstAtMs }) => firstAtMs),
      counting === 'more',
    ],
  );
}

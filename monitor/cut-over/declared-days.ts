import type { ClientBase } from 'pg';

/** Keeps each day's newest declaration of either side beside its sums: of several, the one declared last, whichever came last. */
export async function writeDeclaredDays(client: ClientBase, batches: readonly string[]): Promise<void> {
  if (batches.length === 0) return;
  for (const side of ['bank', 'institution'] as const)
    await client.query({
      name: `write days declared by ${side}`,
      text: `insert into cut_over_day as c (institution_id, bank_id, business_type, currency, day, ${side}_declared_at, ${side}_cleared_count,
          ${side}_cleared_minor, ${side}_direct_count, ${side}_direct_minor, ${side}_interface)
        select t.institution_id, t.bank_id, t.business_type, t.currency, t.day, n.declared_at, n.cleared_count, n.cleared_minor,
          n.direct_count, n.direct_minor, n.direct_interface
        from (
          select distinct institution_id, bank_id, business_type, currency, day
          from cut_over_declaration
          where batch_id = any($1::bigint[])
            and side = '${side}'
        ) t
        cross join lateral (
          select declared_at, cleared_count, cleared_minor, direct_count, direct_minor, direct_interface
          from cut_over_declaration d
          where d.institution_id = t.institution_id
            and d.bank_id = t.bank_id
            and d.business_type = t.business_type
            and d.currency = t.currency
            and d.day = t.day
            and d.side = '${side}'
          order by declared_at desc, declaration_key desc
          limit 1
        ) n
        on conflict (institution_id, bank_id, business_type, currency, day) do update
        set ${side}_declared_at = excluded.${side}_declared_at,
          ${side}_cleared_count = excluded.${side}_cleared_count,
          ${side}_cleared_minor = excluded.${side}_cleared_minor,
          ${side}_direct_count = excluded.${side}_direct_count,
          ${side}_direct_minor = excluded.${side}_direct_minor,
          ${side}_interface = excluded.${side}_interface`,
      values: [batches],
    });
}

import type { ClientBase } from 'pg';

/** Minutes of acceptance whose payments and legs are to be held against each other, now or again. */
export async function markUnswept(client: ClientBase, minutes: readonly number[]): Promise<void> {
  if (minutes.length === 0) return;
  await client.query({
    name: 'mark unswept minutes',
    text: `insert into settlement_unswept (minute)
      select distinct to_timestamp(minute * 60.0)
      from unnest($1::bigint[]) as minute
      order by 1
      on conflict do nothing`,
    values: [minutes],
  });
}

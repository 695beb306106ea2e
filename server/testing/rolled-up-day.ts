import type pg from 'pg';

export type MadePayment = {
  readonly at: string;
  readonly payer: number;
  readonly payee: number;
  readonly intermediary?: number;
  readonly minor: number;
  readonly currency?: string;
  readonly status?: 'succeeded' | 'declined' | 'failed' | 'unknown';
  /** Index of its latency bucket. */
  readonly bucket?: number;
};

/** Institutions 1 … n of a test, banks all. */
export async function makeInstitutions(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'T' || lpad(n::text, 4, '0'), 'bank', 'city', '测试银行' || n, 'Test Bank ' || n, '测' || n, 'Test ' || n
     from generate_series(1, $1::int) n`,
    [count],
  );
}

/** Writes the roll-ups that these payments add up to, tier by tier, as plain sums: the query under test must find the same figures again. */
export async function rollUp(pool: pg.Pool, payments: readonly MadePayment[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('drop table if exists made');
    await client.query(
      `create temp table made as
       select (p->>'at')::timestamptz as at, (p->>'payer')::int as payer, (p->>'payee')::int as payee, (p->>'intermediary')::int as intermediary,
         (p->>'minor')::bigint as minor, coalesce(p->>'currency', 'CNY') as currency, coalesce(p->>'status', 'succeeded') as status,
         coalesce((p->>'bucket')::int, 60) as bucket
       from jsonb_array_elements($1::jsonb) p`,
      [JSON.stringify(payments)],
    );
    const counts = `count(*) filter (where status = 'succeeded'), count(*) filter (where status = 'declined'),
      count(*) filter (where status = 'failed'), count(*) filter (where status = 'unknown'),
      coalesce(sum(minor) filter (where status = 'succeeded'), 0)`;
    const histogram = `(select array_agg(coalesce(hits, 0)::int order by n) from generate_series(0, 139) n
      left join (select b, count(*) as hits from unnest(array_agg(bucket)) b group by b) h on h.b = n)`;
    await client.query(
      `insert into platform_minute select date_trunc('minute', at), currency, 'transfer', 'cleared', ${counts}, ${histogram} from made group by 1, 2`,
    );
    await client.query(
      `insert into platform_hour select date_trunc('hour', at), currency, 'transfer', 'cleared', ${counts}, ${histogram} from made group by 1, 2`,
    );
    await client.query(
      `insert into platform_slot select date_bin('5 minutes', at, 'epoch'), currency, ${counts}, ${histogram} from made group by 1, 2`,
    );
    for (const role of ['payer', 'payee', 'intermediary']) {
      await client.query(
        `insert into institution_hour select ${role}, '${role}', date_trunc('hour', at), currency, ${counts}, ${histogram}
         from made where ${role} is not null group by ${role}, 3, 4`,
      );
      await client.query(
        `insert into institution_day select ${role}, '${role}', (at at time zone 'Asia/Shanghai')::date, currency, ${counts}, ${histogram}
         from made where ${role} is not null group by ${role}, 3, 4`,
      );
    }
    await client.query(
      `insert into pair_hour select date_trunc('hour', at), payer, payee, currency, 'transfer', ${counts} from made group by 1, 2, 3, 4`,
    );
    await client.query(
      `insert into pair_hour_version (hour) select distinct date_trunc('hour', at) from made
       on conflict (hour) do update set version = gen_random_uuid()`,
    );
    await client.query(
      `insert into pair_day select (at at time zone 'Asia/Shanghai')::date, payer, payee, currency, 'transfer', ${counts} from made group by 1, 2, 3, 4`,
    );
  } finally {
    client.release();
  }
}

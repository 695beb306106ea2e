import { gzipSync } from 'node:zlib';
import type pg from 'pg';
import { boardWire } from '@/app/(console)/institutions/board-question';
import { parseRange, resolveRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { testActor } from '@/server/testing/test-actor';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';

const INSTITUTIONS = 3_000;
const DAYS = 90;
/** So many that answers which are kept are renewed several times in between. */
const RUNS = 600;
const PRESETS = ['24h', '7d', '30d', '90d'] as const;

/**
 * The board of institutions at 3,000: how long the server takes for everything that it shows, and what of it travels. Every institution has
 * ninety days of history with some thirty stretches that were not well, traffic in every hour, and states that changed just now.
 */
export async function board(bench: Bench): Promise<void> {
  const { pool, url } = await bench.anotherDatabase('board');
  process.env.DATABASE_URL = url;
  const toMs = Date.now();
  await fill(pool, toMs);
  const dataAt = new Date(toMs);
  for (const preset of PRESETS) {
    const choice = parseRange(preset);
    const context = {
      choice,
      range: resolveRange(choice, dataAt),
      compare: 'none',
      compared: undefined,
      currency: 'CNY',
      currencies: ['CNY'],
      dataAt,
      locale: 'en',
    } as const;
    const samples: number[] = [];
    let bytes = 0;
    let first = 0;
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now();
      const wire = await boardWire(testActor(), { context, role: 'payer', view: 'board' });
      const took = performance.now() - begun;
      if (run === 0) first = took;
      else samples.push(took);
      if (wire.lines.length !== INSTITUTIONS) throw new Error(`${wire.lines.length} institutions`);
      bytes = gzipSync(JSON.stringify(wire)).length;
      // Somebody's state changes between two askings, as on a platform that lives.
      await pool.query(
        `update institution_state set state = case state when 'up' then 'degraded' else 'up' end where institution_id = $1`,
        [1 + (run % INSTITUTIONS)],
      );
    }
    print(
      `board of ${INSTITUTIONS.toLocaleString('en')}, ${preset}`,
      `p50 ${ms(percentile(samples, 0.5))}, p95 ${ms(percentile(samples, 0.95))}, first ${ms(first)}; ${(bytes / 1024).toFixed(1)} KB gzip`,
    );
  }
  await database().$disconnect();
}

async function fill(pool: pg.Pool, toMs: number): Promise<void> {
  const to = new Date(toMs);
  await pool.query('delete from institution');
  await pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en, simulated)
     select n, 'T' || lpad(n::text, 4, '0'), (case when n % 5 = 0 then 'payment' else 'bank' end)::institution_kind,
       (case when n % 5 = 0 then 'payment' else (array['state', 'joint', 'city', 'rural', 'foreign'])[1 + n % 4] end)::institution_category,
       '试验银行' || n, 'Trial Bank ' || n || ' Co., Ltd.', '试验' || n, 'Trial ' || n, true
     from generate_series(1, ${INSTITUTIONS}) as n`,
  );
  const counts = `'CNY', (random() * 400)::int + 1, (random() * 9)::int, (random() * 2)::int, 0, (random() * 1e9)::bigint,
    array[0, 0, (random() * 9)::int, (random() * 40)::int, (random() * 90)::int, (random() * 60)::int, (random() * 20)::int, (random() * 4)::int, 1]`;
  for (const role of ['payer', 'payee'])
    await pool.query(
      `insert into institution_hour (institution_id, role, hour, currency, succeeded, declined, failed, unknown, amount_minor, latency)
       select n, $1::flow_role, date_trunc('hour', $2::timestamptz) - h * interval '1 hour', ${counts}
       from generate_series(1, ${INSTITUTIONS}) as n, generate_series(0, 47) as h`,
      [role, to],
    );
  for (const role of ['payer', 'payee'])
    await pool.query(
      `insert into institution_day (institution_id, role, day, currency, succeeded, declined, failed, unknown, amount_minor, latency)
       select n, $1::flow_role, ($2::timestamptz at time zone 'Asia/Shanghai')::date - d, ${counts}
       from generate_series(1, ${INSTITUTIONS}) as n, generate_series(0, ${DAYS + 1}) as d`,
      [role, to],
    );
  // Three days of being well, then two hours of something else, and so on.
  await pool.query(
    `insert into state_interval (institution_id, from_at, to_at, state)
     select n, at, lead(at) over (partition by n order by at),
       case when k % 2 = 0 then 'up' else (array['down', 'degraded', 'degraded', 'silent', 'planned'])[1 + (n + k / 2) % 5] end
     from (
       select n, k, $1::timestamptz - interval '${DAYS + 2} days' + (k / 2) * interval '3 days' + (k % 2) * interval '70 hours' + (n % 600) * interval '7 minutes' as at
       from generate_series(1, ${INSTITUTIONS}) as n, generate_series(0, 60) as k
     ) s
     where at < $1`,
    [to],
  );
  await pool.query(
    `insert into institution_state (institution_id, state, layers, since)
     select id, case when id % 40 = 0 then 'degraded' when id % 97 = 0 then 'down' else 'up' end,
       '{"network":"up","tls":"up","mtls":"up","signature":"up","application":"up"}', now()
     from institution`,
  );
  await pool.query(`insert into setting (name, value) values ('connectivity.judged', jsonb_build_object('at', $1::text))`, [
    to.toISOString(),
  ]);
  await pool.query('vacuum analyze');
}

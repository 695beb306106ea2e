import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type pg from 'pg';
import { canonicalJson } from '@/domain/canonical-json';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { sha256Hex } from '@/server/evidence/sha256';
import type { Bench } from './open-bench';
import { ms, perSecond, print } from './print';

const ROWS = 1_000_000;
const BATCH_ROWS = 10_000;
const ACCOUNTS = 50_000;
const FROM = '2026-10-01T16:00:00.000Z';
const TO = '2026-10-02T16:00:00.000Z';

/** A million payments as a sealed bundle, and a tenth of them with workbooks, written by the monitor as production runs it: how long, and in how much memory. */
export async function exporting(bench: Bench): Promise<void> {
  const { pool } = bench;
  await fill(pool);
  const monitor = await bench.start('monitor');
  try {
    await followed(pool);
    const everything = await measured(pool, monitor.pid, { sheets: false, to: TO });
    print(`${everything.rows.toLocaleString('en')} rows, NDJSON and CSV`, said(everything));
    const tenth = new Date(Date.parse(FROM) + 8_640_000).toISOString();
    const workbooks = await measured(pool, monitor.pid, { sheets: true, to: tenth });
    print(`${workbooks.rows.toLocaleString('en')} rows with workbooks`, said(workbooks));
  } finally {
    await monitor.stop();
  }
}

type Measured = {
  readonly rows: number;
  readonly tookMs: number;
  readonly bytes: number;
  readonly beforeMb: number;
  readonly peakMb: number;
};

function said({ rows, tookMs, bytes, beforeMb, peakMb }: Measured): string {
  return `${ms(tookMs)} (${perSecond(rows, tookMs)}), ${Math.round(bytes / 1e6)} MB; monitor ${beforeMb} MB before, ${peakMb} MB at its peak`;
}

async function measured(pool: pg.Pool, pid: number, { sheets, to }: { sheets: boolean; to: string }): Promise<Measured> {
  const { rows } = await pool.query(`select xid::text as xid, batch_id::text as batch from monitor_watermark where name = 'follow'`);
  const filter = { payers: [], payees: [], institutions: [], intermediaries: [], types: [], statuses: [] };
  const none = { currency: null, route: null, accounts: null, keys: null, minMinor: null, maxMinor: null };
  const question: ExportQuestion = {
    format: 'headwater-export-question/1',
    kind: 'transactions',
    filter: { from: FROM, to, ...filter, ...none },
    scope: null,
    masking: 'masked',
    sheets,
    language: 'en',
    snapshot: { ...rows[0], dataAt: null },
  };
  const text = canonicalJson(question);
  const { rows: counted } = await pool.query(
    'select count(*)::int as count from clearing_transaction where accepted_at >= $1 and accepted_at < $2',
    [FROM, to],
  );
  const person = await pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ($1, 'Bench', 'regulator', '') returning id`,
    [randomUUID()],
  );
  // Since now, not since its start: what the figures needed before is not the export's.
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const beforeMb = memoryMb(pid, 'VmRSS');
  const begun = performance.now();
  const job = await pool.query(
    `insert into export_job (state, question, question_digest, kind, masking, purpose, needs_approval, promised_rows, requested_by, requested_at)
     values ('queued', $1, decode($2, 'hex'), 'transactions', 'masked', 'bench', false, $3, $4, now()) returning id`,
    [text, sha256Hex(text), counted[0].count, person.rows[0].id],
  );
  for (;;) {
    const { rows: states } = await pool.query('select state, fault, bundle_bytes from export_job where id = $1', [job.rows[0].id]);
    if (states[0].state === 'failed') throw new Error(states[0].fault);
    if (states[0].state === 'ready') {
      const tookMs = performance.now() - begun;
      return { rows: counted[0].count, tookMs, bytes: Number(states[0].bundle_bytes), beforeMb, peakMb: memoryMb(pid, 'VmHWM') };
    }
    await new Promise((later) => setTimeout(later, 200));
  }
}

/** From the kernel's own account of the process. */
function memoryMb(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}

async function followed(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `select coalesce((select batch_id from monitor_watermark where name = 'follow') >= (select max(id) from feed_batch), false) as done`,
    );
    if (rows[0].done) return;
    await new Promise((later) => setTimeout(later, 200));
  }
}

/** A day of payments between the country's institutions, as the gateway would have stored them. */
async function fill(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query('select id from institution order by id limit 40');
  const ids = rows.map(({ id }) => id);
  await pool.query(`select ensure_partition('clearing_transaction', $1)`, [FROM]);
  await pool.query(
    `insert into account (id, institution_id, number_cipher, number_masked, number_last4)
     select md5('account' || n)::uuid, $1, decode(repeat('00', 45), 'hex'), '6222 **** **** ' || lpad((n % 10000)::text, 4, '0'), lpad((n % 10000)::text, 4, '0')
     from generate_series(0, $2::int - 1) as n
     on conflict do nothing`,
    [ids[0], ACCOUNTS],
  );
  for (let batch = 0; batch < ROWS / BATCH_ROWS; batch++)
    await pool.query(
      `with batch as (
         insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt,
           first_accepted_at, last_accepted_at)
         values ($1, 'transactions', $2, '\\x00', $3, 0, 0, '', $4::timestamptz, $5::timestamptz) returning id
       )
       insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
         payer_institution_id, payer_account, payee_institution_id, payee_account, amount_minor, currency, initiated_at, responded_at, session_no)
       select md5('payment' || ($6::int + n))::uuid, $4::timestamptz + ($6::int + n) * interval '86400 s' / $9::int, batch.id, n + 1,
         '20261001' || lpad(($6::int + n)::text, 16, '0'), 'agreement', 'cleared', 'succeeded', ($7::int[])[1 + n % 40],
         md5('account' || ($6::int + n) % $8::int)::uuid, ($7::int[])[1 + (n * 7 + 3) % 40],
         md5('account' || ($6::int + n * 3) % $8::int)::uuid, 100 + n * 13, 'CNY', $4::timestamptz, null, '20261001-01'
       from batch, generate_series(0, $3::int - 1) as n`,
      [ids[0], `bench-${batch}-${randomUUID()}`, BATCH_ROWS, FROM, TO, batch * BATCH_ROWS, ids, ACCOUNTS, ROWS],
    );
  await pool.query('analyze clearing_transaction, account');
}

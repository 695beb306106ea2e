import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Rollup } from '@/domain/clearing/rollup';
import { businessDay, DAY_MS } from '@/domain/time-range';
import { firstKeptMinuteMs } from '@/monitor/rollups/tier-tables';
import { writeRollup } from '@/monitor/rollups/write-rollup';
import { AccountKeys } from '@/server/identity';
import type { Payment } from '@/simulator/payment';
import { COPY_COLUMNS, copyLine, PaymentMaker } from './made-payments';

export type DaysToFill = {
  readonly url: string;
  readonly accountKey: string;
  readonly seed: number;
  /** Payments a second on the mean of a day. */
  readonly meanRate: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Starts of business days. */
  readonly days: readonly number[];
};

const LINES_PER_WRITE = 2_000;

// A process of its own: two of them fill two processors.
process.once('message', (task: DaysToFill) => {
  fillDays(task).then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});

/** Day by day: the rows into a table of the day's own, its roll-ups as the monitor writes them, its indexes, and then into the whole as a partition. */
async function fillDays(task: DaysToFill): Promise<void> {
  const client = new pg.Client({ connectionString: task.url });
  await client.connect();
  await client.query('set synchronous_commit = off');
  await client.query("set maintenance_work_mem = '256MB'");
  const { rows: indexes } = await client.query<{ definition: string }>(
    "select indexdef as definition from pg_indexes where tablename = 'clearing_transaction' and indexname <> 'clearing_transaction_pkey'",
  );
  const known = { institutionIds: [] as readonly number[], accountId: accountIds(new AccountKeys(task.accountKey)) };
  for (const dayMs of task.days) {
    const from = Math.max(dayMs, task.fromMs);
    const to = Math.min(dayMs + DAY_MS, task.toMs);
    const maker = new PaymentMaker({ seed: task.seed, meanRate: task.meanRate, fromSecond: Math.floor(from / 1000) });
    known.institutionIds = known.institutionIds.length > 0 ? known.institutionIds : await maker.institutionIds(client);
    const table = `clearing_transaction_p${businessDay(new Date(dayMs)).replaceAll('-', '')}`;
    const rollup = new Rollup({ keepMinutesFromMs: firstKeptMinuteMs(task.toMs) });
    // The roll-ups are in the same transaction, so that a day is there in whole or not at all.
    await client.query('begin');
    await client.query(`create table ${table} (like clearing_transaction including defaults including constraints)`);
    const stream = client.query(copyFrom(`copy ${table} (${COPY_COLUMNS}) from stdin with (freeze)`));
    let text = '';
    let lines = 0;
    for (let payment = maker.next(); payment.acceptedMs < to; payment = maker.next()) {
      text += copyLine(payment, known);
      count(rollup, payment, known.institutionIds);
      if (++lines % LINES_PER_WRITE !== 0) continue;
      if (!stream.write(text)) await once(stream, 'drain');
      text = '';
    }
    stream.end(text);
    await finished(stream);
    await writeRollup(client, rollup);
    await client.query(`alter table ${table} add primary key (transaction_key, accepted_at)`);
    for (const { definition } of indexes)
      await client.query(definition.replace(/^CREATE INDEX \S+ ON (?:ONLY )?\S+/, `create index on ${table}`));
    await client.query('commit');
    await client.query(`vacuum (analyze) ${table}`);
    // Attaching locks the whole against another that is attached: not for longer than it takes.
    await client.query(
      `alter table clearing_transaction attach partition ${table} for values from ('${new Date(dayMs).toISOString()}') to ('${new Date(dayMs + DAY_MS).toISOString()}')`,
    );
    process.send?.(lines);
  }
  await client.end();
}

function count(rollup: Rollup, payment: Payment, institutionIds: readonly number[]): void {
  rollup.addPayment(
    {
      acceptedAtMs: payment.acceptedMs,
      currency: 'CNY',
      businessType: payment.businessType,
      route: payment.route,
      payerId: institutionIds[payment.payer] as number,
      intermediaryId: payment.intermediary === undefined ? null : (institutionIds[payment.intermediary] as number),
      payeeId: institutionIds[payment.payee] as number,
      amountMinor: BigInt(payment.amountMinor),
    },
    payment.status,
    payment.respondedMs === undefined ? null : payment.respondedMs - payment.acceptedMs,
  );
}

/** Accounts' pseudonyms, each computed once while there is room to remember it. */
function accountIds(keys: AccountKeys): (institutionId: number, account: string) => string {
  const known = new Map<string, string>();
  return (institutionId, account) => {
    const name = `${institutionId} ${account}`;
    let id = known.get(name);
    if (id === undefined) {
      id = keys.idOf(institutionId, account) as string;
      if (known.size > 2_000_000) known.clear();
      known.set(name, id);
    }
    return id;
  };
}

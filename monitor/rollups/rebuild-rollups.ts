import type { ClientBase } from 'pg';
import { Rollup, TIERS } from '@/domain/clearing/rollup';
import { DAY_MS } from '@/domain/time-range';
import { ANSWER_COLUMNS, answerOf, LEG_COLUMNS, legOf, MOVE_COLUMNS, moveOf, PAYMENT_COLUMNS, paymentOf, readRows } from '../read-rows';
import type { Span } from '../reconcile/compare-tier';
import { isIn, pendingBatches } from '../reconcile/pending-batches';
import { wholeDays } from '../reconcile/reconcile-span';
import { bucketFromInstant, firstKeptMinuteMs, TIER_TABLES } from './tier-tables';
import { renewPairVersions, writeRollup } from './write-rollup';

const HOUR_MS = 3_600_000;

/**
 * Writes every roll-up of a span anew from the raw rows, one business day at a time. A running monitor is no hindrance: where both touch
 * the same rows one of them fails with a serialization error and is to be run again, the monitor by itself.
 */
export async function rebuildRollups(client: ClientBase, span: Span, nowMs: number): Promise<void> {
  const { from, to } = wholeDays(span);
  for (let day = from.getTime(); day < to.getTime(); day += DAY_MS)
    await rebuildDay(client, { from: new Date(day), to: new Date(day + DAY_MS) }, nowMs);
}

async function rebuildDay(client: ClientBase, day: Span, nowMs: number): Promise<void> {
  await client.query('begin isolation level repeatable read');
  try {
    const { pending } = await pendingBatches(client);
    const rollup = new Rollup({ keepMinutesFromMs: firstKeptMinuteMs(nowMs) });
    const inDay = 't.accepted_at >= $1 and t.accepted_at < $2';
    const parameters = [day.from, day.to, pending.listed, pending.newest];
    await readRows(
      client,
      `select ${PAYMENT_COLUMNS}, ${ANSWER_COLUMNS} from clearing_transaction t where ${inDay} and ${isIn('t.batch_id')}`,
      parameters,
      (row) => {
        const { status, latencyMs } = answerOf(row);
        rollup.addPayment(paymentOf(row), status, latencyMs);
      },
    );
    // Outcomes still to come are undone; those that came before their payment count already.
    for (const [ofOutcome, ofPayment, direction] of [
      [`not ${isIn('o.batch_id')}`, isIn('t.batch_id'), 'undo'],
      [isIn('o.batch_id'), `not ${isIn('t.batch_id')}`, 'apply'],
    ] as const)
      await readRows(
        client,
        `select ${PAYMENT_COLUMNS}, ${MOVE_COLUMNS}
         from transaction_outcome o
         join clearing_transaction t on t.transaction_key = o.transaction_key and t.accepted_at = o.accepted_at
         where ${inDay} and ${ofOutcome} and ${ofPayment}`,
        parameters,
        (row) => {
          const { from, to } = moveOf(row);
          if (direction === 'undo') rollup.movePayment(paymentOf(row), to, from);
          else rollup.movePayment(paymentOf(row), from, to);
        },
      );
    await readRows(
      client,
      `select ${LEG_COLUMNS} from leg l where l.started_at >= $1 and l.started_at < $2 and ${isIn('l.batch_id')}`,
      parameters,
      (row) => rollup.addLeg(legOf(row)),
    );
    for (const tier of TIERS) {
      const { table, bucket } = TIER_TABLES[tier];
      const bound = (parameter: string) => (bucket.unit === 'day' ? bucketFromInstant(bucket, `${parameter}::timestamptz`) : parameter);
      await client.query(`delete from ${table} where ${bucket.column} >= ${bound('$1')} and ${bucket.column} < ${bound('$2')}`, [
        day.from,
        day.to,
      ]);
    }
    await client.query('delete from leg_hour where hour >= $1 and hour < $2', [day.from, day.to]);
    await writeRollup(client, rollup);
    // Hours that have lost all of their rows have changed too.
    const firstHour = day.from.getTime() / HOUR_MS;
    await renewPairVersions(
      client,
      Array.from({ length: DAY_MS / HOUR_MS }, (_, i) => firstHour + i),
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

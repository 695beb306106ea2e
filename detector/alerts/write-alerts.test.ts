import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import type { AlertRow } from './alert-row';
import { writeAlerts } from './write-alerts';

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase({ spread: false });
});
afterAll(() => db.drop());

const alert = (key: string): AlertRow => ({
  key,
  source: 'rule',
  ruleId: 'one',
  ruleVersion: 1,
  subjectType: 'platform',
  subjectId: 'platform',
  institutionId: null,
  severity: 'low',
  score: 0.5,
  currency: null,
  amountMinor: 0n,
  transactionCount: 0,
  foldedCount: 0,
  openedAtMs: 0,
  updatedAtMs: 0,
  detail: { kind: 'fault', fault: 'none' },
  transactions: [],
});

test('alerts are taken in the order of their ids, as people take them, so that the two cannot lock each other out', async () => {
  const [person, detector] = [await db.pool.connect(), await db.pool.connect()];
  try {
    await writeAlerts(detector, [alert('first'), alert('second')], 'whole');
    await person.query('begin');
    await person.query(`select id from alert where key = 'first' for update`);
    await detector.query('begin');
    const { rows } = await detector.query('select pg_backend_pid() as pid');
    const written = writeAlerts(detector, [alert('second'), alert('first')], 'whole');
    const isWaiting = `select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`;
    while ((await db.pool.query(isWaiting, [rows[0].pid])).rowCount === 0);
    // Whoever waits for the first does not hold the second yet.
    const free = await person.query(`select id from alert where key = 'second' for update skip locked`);
    await person.query('commit');
    await written;
    await detector.query('commit');
    expect(free.rowCount).toBe(1);
  } finally {
    person.release();
    detector.release();
  }
});

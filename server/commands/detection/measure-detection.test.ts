import { afterAll, beforeAll, expect, test } from 'vitest';
import { transactionKeyOf } from '@/server/identity';
import { freshDatabase } from '@/server/testing/fresh-database';
import { measureDetection, type PlantedPattern } from './measure-detection';

const NOW = new Date('2026-11-23T12:00:00Z');
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function raise(
  key: string,
  source: string,
  ruleId: string,
  transactions: readonly string[],
  openedAt = '2026-11-23T10:00:00Z',
): Promise<void> {
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into alert (key, source, rule_id, rule_version, subject_type, subject_id, severity, score, opened_at, updated_at,
       raised_at)
     values ($1, $2, $3, 1, 'account', 'a', 'high', 0.9, $4, $4, $4) returning id`,
    [key, source, ruleId, openedAt],
  );
  for (const id of transactions)
    await database.pool.query('insert into alert_transaction (alert_id, transaction_key, accepted_at) values ($1, $2, $3)', [
      rows[0]?.id,
      transactionKeyOf(id),
      openedAt,
    ]);
}
const planted = (kind: string, name: string, transactions: readonly string[], to = '2026-11-23T10:00:00Z'): PlantedPattern => ({
  pattern: name,
  kind,
  from: '2026-11-23T08:00:00Z',
  to,
  transactions: [...transactions],
});

test('what was planted and found, what was missed, and what was raised of nothing are told apart and kept', async () => {
  await raise('ring', 'typology', 'cycle', ['c1', 'c2', 'c3']);
  await raise('commerce', 'typology', 'cycle', ['x1', 'x2', 'x3', 'x4']);
  await raise('crowd', 'statistic', 'surge', [], '2026-11-23T09:00:00Z');
  await raise('old crowd', 'statistic', 'surge', [], '2026-11-20T09:00:00Z');
  const client = await database.pool.connect();
  const measures = await measureDetection(client, {
    patterns: [
      planted('cycle', 'ring', ['c1', 'c2', 'c3', 'c4']),
      planted('fan-in', 'star', ['f1', 'f2', 'f3']),
      planted('surge', 'crowd', ['s1', 's2']),
      planted('cycle', 'still to come', ['n1', 'n2'], '2026-11-23T14:00:00Z'),
    ],
    now: NOW,
  });
  client.release();
  expect(measures).toEqual([
    { ruleId: 'cycle', planted: 1, found: 1, alerts: 2, alertsTrue: 1 },
    { ruleId: 'fan-in', planted: 1, found: 0, alerts: 0, alertsTrue: 0 },
    { ruleId: 'surge', planted: 1, found: 1, alerts: 2, alertsTrue: 1 },
  ]);
  const { rows } = await database.pool.query('select rule_id, planted, found, alerts, alerts_true from detector_measure order by rule_id');
  expect(rows.map(({ rule_id }) => rule_id)).toEqual(['cycle', 'fan-in', 'surge']);
});

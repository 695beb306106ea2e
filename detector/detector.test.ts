import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Rule } from '@/domain/detection/rules/rule';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { ruleHash } from '@/server/rules/rule-hash';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type Detector, startDetector } from './detector';
import { type FedPayment, feedPayments, insertInstitutions, uuidFrom } from './testing/stored-feed';

let database: Awaited<ReturnType<typeof freshDatabase>>;
const running: Detector[] = [];
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await freshDatabase();
  await insertInstitutions(database.pool, 2);
});
afterAll(() => database.drop());
beforeEach(() => {
  running.length = 0;
});
afterEach(async () => {
  for (const detector of running) await detector.stop();
});

function started(): Detector {
  const detector = startDetector({ connectionString: database.url, log });
  running.push(detector);
  return detector;
}

async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + 25_000; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error('waited 25 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const count = async (sql: string, values: readonly unknown[] = []) => Number((await database.pool.query(sql, [...values])).rows[0].n);

let made = 0;
const barcode = (shopper: string, yuan: number): FedPayment => ({
  name: `d${++made}`,
  atMs: Date.now() - 5_000,
  payer: shopper,
  payee: 'shop',
  amountMinor: BigInt(yuan) * 100n,
  businessType: 'barcode',
  barcodeTier: 'D',
});
const tierD = SHIPPED_RULES.find(({ id }) => id === 'barcode-tier-d') as Rule;

async function insertVersion(rule: Rule, state: 'shadow' | 'active'): Promise<void> {
  await database.pool.query(
    `insert into rule_version (rule_id, version, state, definition, payload_hash, approved_hash, requested_by, approved_by, effective_from)
     select $1, $2, $3, $4, $5, $5, a.id, b.id, $6
     from (select id from app_user order by login limit 1) a, (select id from app_user order by login desc limit 1) b`,
    [rule.id, rule.version, state, JSON.stringify(rule), ruleHash(rule), rule.effectiveFrom],
  );
}

it('a payment that is stored while it runs is an alert within seconds, and shipped rules are in force once', async () => {
  started();
  await until(async () => (await count('select count(*) as n from detection_snapshot')) > 0);
  await feedPayments(database.pool, [barcode('first', 300), barcode('first', 300)]);
  await until(async () => (await count(`select count(*) as n from alert where subject_id = $1`, [uuidFrom('first')])) === 1);
  expect(await count(`select count(*) as n from rule_version where state = 'active' and shipped`)).toBe(SHIPPED_RULES.length);
  const { rows } = await database.pool.query(`select clear, hits from rule_day where rule_id = 'barcode-tier-d'`);
  expect(rows).toEqual([{ clear: '1', hits: '1' }]);
});

it('a version in the shadow takes force within seconds and says beside the live one what it would have raised', async () => {
  for (const login of ['a', 'b'])
    await database.pool.query(`insert into app_user (login, display_name, role, password_hash) values ($1, $1, 'compliance', '')`, [login]);
  started();
  const bound = tierD.bands.map((band) => ({ ...band, from: '200' }));
  await insertVersion({ ...tierD, version: 2, bands: bound }, 'shadow');
  await until(async () => {
    await feedPayments(database.pool, [barcode(`shadowed ${made}`, 250)]);
    return (await count(`select count(*) as n from shadow_outcome where rule_id = 'barcode-tier-d' and version = 2`)) > 0;
  });
  // 250 is over 200 and not over 500: the live version raises nothing.
  expect(
    await count(`select count(*) as n from alert a where a.rule_id = 'barcode-tier-d' and a.subject_id <> $1`, [uuidFrom('first')]),
  ).toBe(0);
  const { rows } = await database.pool.query(`select distinct value, outcome from shadow_outcome`);
  expect(rows).toEqual([{ value: '25000', outcome: 'violation' }]);
});

it('a rule that cannot be carried out is switched off with an alert to whoever runs the platform, and the others go on', async () => {
  started();
  await insertVersion({ ...tierD, id: 'broken', version: 1, bands: tierD.bands.map((band) => ({ ...band, from: '1.2345' })) }, 'active');
  await until(async () => {
    await feedPayments(database.pool, [barcode(`more ${made}`, 20)]);
    return (await count(`select count(*) as n from rule_version where rule_id = 'broken' and switched_off_at is not null`)) === 1;
  });
  const { rows } = await database.pool.query(`select severity, subject_type, detail from alert where rule_id = 'broken'`);
  expect(rows).toEqual([
    { severity: 'high', subject_type: 'platform', detail: { kind: 'fault', fault: expect.stringContaining('is no amount') } },
  ]);
  await feedPayments(database.pool, [barcode('second', 300), barcode('second', 300)]);
  await until(async () => (await count(`select count(*) as n from alert where subject_id = $1`, [uuidFrom('second')])) === 1);
});

it('of two detectors one works, and the other takes over where it stopped', async () => {
  const first = started();
  started();
  await feedPayments(database.pool, [barcode('third', 300), barcode('third', 300)]);
  await until(async () => (await count(`select count(*) as n from alert where subject_id = $1`, [uuidFrom('third')])) === 1);
  await first.stop();
  await feedPayments(database.pool, [barcode('third', 100), barcode('fourth', 600)]);
  await until(async () => (await count(`select count(*) as n from alert where subject_id = $1`, [uuidFrom('fourth')])) === 1);
  // What the first had added up is known to the second.
  const { rows } = await database.pool.query(`select transaction_count, detail ->> 'value' as value from alert where subject_id = $1`, [
    uuidFrom('third'),
  ]);
  expect(rows).toEqual([{ transaction_count: 2, value: '70000' }]);
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { Conflict, Forbidden } from '@/server/errors';
import { AccountKeys } from '@/server/identity';
import { replayRules } from '@/server/queries/rules/replay-rules';
import { ruleCatalogue } from '@/server/queries/rules/rule-catalogue';
import { ruleVersions } from '@/server/queries/rules/rule-versions';
import { ruleHash } from '@/server/rules/rule-hash';
import type { Actor } from '@/server/session';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { structuredPayments } from '@/server/testing/structured-payments';
import { testActor } from '@/server/testing/test-actor';
import { saveDraft } from './save-draft';
import { stepVersion } from './step-version';

const shipped = SHIPPED_RULES.find(({ id }) => id === 'direct-after-deadline') as (typeof SHIPPED_RULES)[number];
const ruleId = shipped.id;
const asker = testActor();
const other: Actor = { ...asker, id: '00000000-0000-4000-8000-000000000003' as Actor['id'] };
let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
  useConsoleDatabase(database.url);
  for (const [n, actor] of [asker, other].entries())
    await database.pool.query(`insert into app_user (id, login, display_name, role, password_hash) values ($1, $2, $2, 'regulator', 'x')`, [
      actor.id,
      `person-${n}`,
    ]);
  await database.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'B' || n, 'bank', 'city', 'B', 'B', 'B', 'B' from generate_series(1, 2) as n`,
  );
  await database.pool.query(
    `insert into rule_version (rule_id, version, state, definition, payload_hash, shipped, effective_from) values ($1, 1, 'active', $2, $3, true, $4)`,
    [ruleId, JSON.stringify(shipped), ruleHash(shipped), shipped.effectiveFrom],
  );
});
afterAll(() => database.drop());

const newest = async () => {
  const [version] = await ruleVersions(asker, { ruleId });
  if (!version) throw new Error('there is no version');
  return { ruleId, version: version.version, seenHash: version.payloadHash, at: new Date() };
};

test('a faulty definition is refused at its field and leaves nothing behind', async () => {
  const faulty = await saveDraft(asker, {
    ruleId,
    definition: { ...shipped, bands: [{ from: 'much', outcome: 'violation', reason: 'direct' }] },
  });
  expect(faulty).toMatchObject({ kind: 'faulty', faults: [{ at: 'bands.0.from' }] });
  expect(await ruleVersions(asker, { ruleId })).toHaveLength(1);
});

test('a version comes into force by two people who saw the same definition, and the one before retires in the same moment', async () => {
  expect(await saveDraft(asker, { ruleId, definition: { ...shipped, effectiveFrom: '2019-01-01' } })).toEqual({
    kind: 'saved',
    version: 2,
  });
  const step = await newest();
  expect(await stepVersion(other, { ...step, act: 'approve' })).toEqual({ kind: 'refused', reason: 'not-now' });
  expect(await stepVersion(asker, { ...step, act: 'request' })).toEqual({ kind: 'done' });
  expect(await stepVersion(asker, { ...step, act: 'approve' })).toEqual({ kind: 'refused', reason: 'same-person' });
  expect(await stepVersion(other, { ...step, act: 'approve', seenHash: '0'.repeat(64) })).toEqual({
    kind: 'refused',
    reason: 'changed-since',
  });
  expect(await stepVersion(other, { ...step, act: 'approve' })).toEqual({ kind: 'done' });
  const states = (await ruleVersions(asker, { ruleId })).map(({ version, state }) => [version, state]);
  expect(states).toEqual([
    [2, 'active'],
    [1, 'retired'],
  ]);
  const entry = (await ruleCatalogue(asker, { at: new Date() })).find(({ id }) => id === ruleId);
  expect(entry).toMatchObject({ version: 2, isActive: true, precision: { good: 0, judged: 0 } });
  const { rows } = await database.pool.query(`select action from audit_event order by id`);
  expect(rows.map(({ action }) => action)).toEqual(['rule.drafted', 'rule.requested', 'rule.activated']);
});

test('a replay counts what stored payments would have raised, and what could not be said', async () => {
  const keys = new AccountKeys(randomBytes(32).toString('base64'));
  const payments = structuredPayments(3, { payer: 1, other: 2 }).map((payment, i) => ({ ...payment, route: i < 5 ? 'direct' : 'cleared' }));
  await makeTransactions(database.pool, keys, payments);
  const range = { from: new Date('2026-11-19T16:00:00Z'), to: new Date('2026-11-20T16:00:00Z') };
  const person = SHIPPED_RULES.find(({ id }) => id === 'large-value-person-out') as (typeof SHIPPED_RULES)[number];
  const direct = await replayRules(asker, { rules: [shipped], range });
  expect(direct).toMatchObject({ payments: 12, endedAt: null, versions: [{ alerts: 5, hits: 5, clear: 7, notEvaluable: 0 }] });
  const unsaid = await replayRules(asker, { rules: [person], range });
  expect(unsaid.versions[0]).toMatchObject({ alerts: 0, notEvaluable: 12, missing: [{ field: 'payerKind', count: 12 }] });
});

test('a replay is for who may see payments, is on record, and runs alone', async () => {
  const range = { from: new Date('2026-11-19T16:00:00Z'), to: new Date('2026-11-20T16:00:00Z') };
  await expect(replayRules({ ...asker, role: 'admin' }, { rules: [shipped], range })).rejects.toThrow(Forbidden);
  const count = async () =>
    (await database.pool.query(`select count(*)::int as n from audit_event where action = 'rule.replayed' and subject_id = $1`, [ruleId]))
      .rows[0].n;
  const before = await count();
  const running = replayRules(asker, { rules: [shipped], range });
  await expect(replayRules(other, { rules: [shipped], range })).rejects.toThrow(Conflict);
  await running;
  expect(await count()).toBe(before + 1);
  await expect(replayRules(other, { rules: [shipped], range })).resolves.toMatchObject({ endedAt: null });
});

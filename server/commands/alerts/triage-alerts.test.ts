import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AlertFilter, parseAlertFilter, SORTS } from '@/domain/alerts/alert-filter';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { Forbidden } from '@/server/errors';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import { alertRows } from '@/server/queries/alerts/alert-rows';
import { alertView } from '@/server/queries/alerts/alert-view';
import { measuredPrecision } from '@/server/queries/alerts/measured-precision';
import { queueCounts } from '@/server/queries/alerts/queue-counts';
import { possibleOriginals } from '@/server/queries/alerts/related-alerts';
import type { Actor } from '@/server/session';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { raiseAlerts } from '@/server/testing/raise-alerts';
import { structuredPayments } from '@/server/testing/structured-payments';
import { testActor } from '@/server/testing/test-actor';
import { triageAlerts } from './triage-alerts';
import { undoTriage } from './undo-triage';

const ALERTS = 24;
const first = testActor();
const second: Actor = { ...first, id: '00000000-0000-4000-8000-000000000003' as Actor['id'] };
const ofBankOne = { ...testActor({ institutionId: 1 }), id: '00000000-0000-4000-8000-000000000004' as Actor['id'] };
/** Nobody has both, so that what is tested is the scope and not the permission. */
const triagerOfBankOne: Actor = { ...first, institutionId: 1 };

let database: Awaited<ReturnType<typeof freshDatabase>>;
const at = () => new Date();
const listed = async (actor: Actor, search: Record<string, string> = {}) =>
  (await alertRows(actor, { filter: parseAlertFilter(search), after: null, limit: 200, currency: 'CNY', locale: 'en', at: at() })).rows;
const targets = (rows: readonly AlertRow[]) => rows.map(({ id, version }) => ({ id, version }));

beforeAll(async () => {
  database = await freshDatabase();
  useConsoleDatabase(database.url);
  await database.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'B' || n, 'bank', 'city', '银行' || n, 'Bank ' || n, '银行' || n, 'Bank ' || n from generate_series(1, 2) as n`,
  );
  for (const [n, actor] of [first, second, ofBankOne].entries())
    await database.pool.query(
      `insert into app_user (id, login, display_name, role, institution_id, password_hash) values ($1, $2, $2, $3, $4, 'x')`,
      [actor.id, `person-${n}`, actor.role, actor.institutionId],
    );
  const keys = new AccountKeys(randomBytes(32).toString('base64'));
  await makeTransactions(database.pool, keys, [
    ...structuredPayments(ALERTS, { payer: 1, other: 2 }),
    { id: 'FOREIGN', at: '2026-11-20T02:00:00Z', payer: 2, payee: 2, minor: 77 },
  ]);
  expect(await raiseAlerts(database.pool)).toBe(ALERTS);
});
afterAll(() => database.drop());

describe('the inbox', () => {
  test('every alert is listed, and its payments add up to it exactly', async () => {
    const rows = await listed(first);
    expect(rows).toHaveLength(ALERTS);
    for (const row of rows.slice(0, 5)) {
      const view = await alertView(first, { alertId: row.id, locale: 'en', at: at() });
      expect(view?.missing).toBe(0);
      expect(view?.payments).toHaveLength(row.transactionCount);
      expect(view?.sums).toEqual([{ currency: 'CNY', amountMinor: row.amountMinor }]);
      expect(JSON.stringify(view)).not.toMatch(/62[12][72]\d/);
    }
  });

  test.each(SORTS)('pages by %s hold every alert once', async (sort) => {
    const filter: AlertFilter = parseAlertFilter({ sort });
    const seen: string[] = [];
    const now = at();
    for (let after: Awaited<ReturnType<typeof alertRows>>['next'] = null, pages = 0; pages < 10; pages++) {
      const page = await alertRows(first, { filter, after, limit: 5, currency: 'CNY', locale: 'en', at: now });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }
    expect(new Set(seen).size).toBe(ALERTS);
    expect(seen).toHaveLength(ALERTS);
  });

  test('an institution’s people see their own institution’s alerts and may decide about none', async () => {
    const own = await listed(ofBankOne);
    expect(own).toHaveLength(ALERTS / 2);
    expect(new Set(own.map(({ institution }) => institution?.code))).toEqual(new Set(['B1']));
    expect((await queueCounts(ofBankOne, { at: at() })).all).toBe(ALERTS / 2);
    const foreign = (await listed(first, { institution: 'B2' }))[0] as AlertRow;
    expect(await alertView(ofBankOne, { alertId: foreign.id, locale: 'en', at: at() })).toBeNull();
    await expect(triageAlerts(ofBankOne, { targets: targets(own), action: { kind: 'accept' }, at: at() })).rejects.toThrow(Forbidden);
    expect(await triageAlerts(triagerOfBankOne, { targets: targets([foreign]), action: { kind: 'accept' }, at: at() })).toEqual([
      { id: foreign.id, kind: 'refused', reason: 'gone' },
    ]);
  });
});

describe('decisions', () => {
  test('fifteen are dismissed with a reason, taken back and dismissed again; history and audit have each step', async () => {
    const rows = (await listed(first)).slice(0, 15);
    const dismissed = await triageAlerts(first, {
      targets: targets(rows),
      action: { kind: 'dismiss', reason: 'known-customer' },
      at: at(),
    });
    expect(dismissed.every(({ kind }) => kind === 'done')).toBe(true);
    expect((await queueCounts(first, { at: at() })).open).toBe(ALERTS - 15);
    const undone = await undoTriage(first, { targets: rows.map(({ id, version }) => ({ id, version: version + 1 })), at: at() });
    expect(undone.every((one) => one.kind === 'done' && one.state === 'open')).toBe(true);
    expect(await listed(first)).toHaveLength(ALERTS);
    const again = await triageAlerts(first, {
      targets: rows.map(({ id, version }) => ({ id, version: version + 2 })),
      action: { kind: 'dismiss', reason: 'known-customer' },
      at: at(),
    });
    expect(again.every(({ kind }) => kind === 'done')).toBe(true);
    const { rows: audit } = await database.pool.query(`select action, count(*)::int as n from audit_event group by 1 order by 1`);
    expect(audit).toEqual([
      { action: 'alert.dismissed', n: 30 },
      { action: 'alert.undone', n: 15 },
    ]);
    expect((await measuredPrecision(first, { at: at() })).get('structuring')).toEqual({ good: 0, judged: 15 });
  });

  test('what somebody else changed meanwhile is not overwritten, and cannot be taken back by another', async () => {
    const [row] = (await listed(first)) as [AlertRow];
    await triageAlerts(second, { targets: targets([row]), action: { kind: 'accept' }, at: at() });
    expect(await triageAlerts(first, { targets: targets([row]), action: { kind: 'dismiss', reason: 'test-traffic' }, at: at() })).toEqual([
      { id: row.id, kind: 'refused', reason: 'taken' },
    ]);
    expect(await undoTriage(first, { targets: [{ id: row.id, version: row.version + 1 }], at: at() })).toEqual([
      { id: row.id, kind: 'refused', reason: 'taken' },
    ]);
    const view = await alertView(first, { alertId: row.id, locale: 'en', at: at() });
    expect(view?.row).toMatchObject({ state: 'accepted', assignee: { id: second.id } });
  });

  test('a snoozed alert leaves the queue and is back by itself when its time has come', async () => {
    const [row] = (await listed(first)) as [AlertRow];
    const until = new Date(Date.now() + 3_600_000);
    await triageAlerts(first, { targets: targets([row]), action: { kind: 'snooze', until }, at: at() });
    expect((await listed(first)).some(({ id }) => id === row.id)).toBe(false);
    expect((await listed(first, { queue: 'snoozed' })).map(({ id }) => id)).toEqual([row.id]);
    const later = new Date(until.getTime() + 1000);
    const open = await alertRows(first, {
      filter: parseAlertFilter({}),
      after: null,
      limit: 200,
      currency: 'CNY',
      locale: 'en',
      at: later,
    });
    expect(open.rows.find(({ id }) => id === row.id)?.state).toBe('open');
  });

  test('an alert goes only to somebody who may decide, and is a duplicate only of one that exists', async () => {
    const [row] = (await listed(first)) as [AlertRow];
    const asked = (action: Parameters<typeof triageAlerts>[1]['action']) =>
      triageAlerts(first, { targets: targets([row]), action, at: at() });
    expect(await asked({ kind: 'assign', to: ofBankOne.id })).toMatchObject([{ reason: 'unknown-person' }]);
    expect(await asked({ kind: 'duplicate', of: '999999' })).toMatchObject([{ reason: 'no-original' }]);
    expect(await asked({ kind: 'assign', to: second.id })).toMatchObject([{ kind: 'done', state: 'open' }]);
    expect((await listed(second, { queue: 'mine' })).map(({ id }) => id)).toContain(row.id);
  });
});

test('an institution’s people see of an alert neither payments of others nor who oversees it and what they wrote', async () => {
  const [row] = (await listed(first, { queue: 'all', institution: 'B1' })) as [AlertRow];
  const [theirs] = (await listed(first, { queue: 'all', institution: 'B2' })) as [AlertRow];
  await database.pool.query(
    `insert into alert_transaction (alert_id, transaction_key, accepted_at)
     select $1, transaction_key, accepted_at from clearing_transaction where transaction_key = $2`,
    [row.id, transactionKeyOf('FOREIGN')],
  );
  await database.pool.query(
    `insert into alert_event (alert_id, actor, kind, detail) values ($1, $2, 'dismissed', '{"note": "an informer told us"}')`,
    [row.id, first.id],
  );
  const ask = (actor: Actor) => alertView(actor, { alertId: row.id, locale: 'en', at: at() });
  const [whole, cut] = [await ask(first), await ask(ofBankOne)];
  expect(whole).toMatchObject({ hidden: 0, missing: 0 });
  expect(cut).toMatchObject({ hidden: 1, missing: 0, sums: [{ currency: 'CNY', amountMinor: row.amountMinor }] });
  expect(cut?.payments).toHaveLength((whole?.payments.length ?? 0) - 1);
  expect(cut?.reach.accounts).toBeLessThan(whole?.reach.accounts ?? 0);
  expect(whole?.activity.at(-1)).toMatchObject({ actor: 'person-0', note: 'an informer told us' });
  expect(JSON.stringify(cut?.activity)).not.toMatch(/person-|informer/);
  expect(cut?.activity.at(-1)).toMatchObject({ isWithheld: true });
  await database.pool.query(
    `insert into alert_transaction (alert_id, transaction_key, accepted_at)
     select $1, transaction_key, accepted_at from clearing_transaction where transaction_key = $2`,
    [theirs.id, transactionKeyOf('FOREIGN')],
  );
  expect((await possibleOriginals(first, { alertId: theirs.id, locale: 'en', at: at() })).map(({ id }) => id)).toContain(row.id);
  expect(await possibleOriginals(ofBankOne, { alertId: theirs.id, locale: 'en', at: at() })).toEqual([]);
});

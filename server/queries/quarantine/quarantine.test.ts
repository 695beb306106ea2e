import { afterAll, beforeAll, expect, test } from 'vitest';
import { reopenLines } from '@/server/commands/quarantine/reopen-lines';
import { resolveLines } from '@/server/commands/quarantine/resolve-lines';
import { database } from '@/server/database';
import { Forbidden } from '@/server/errors';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { quarantineReasons } from './quarantine-reasons';
import { quarantinedLine } from './quarantined-line';
import { quarantinedLines } from './quarantined-lines';

const open = { state: 'open', reason: undefined, feed: undefined, institution: undefined } as const;
const regulator = testActor();
let operator: Actor;
let home: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 2);
  const user = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ('op', 'Operator', 'operator', '-') returning id`,
  );
  operator = { ...testActor(), id: user.rows[0].id, role: 'operator' } as Actor;
  await home.pool.query(
    `insert into quarantined_line (institution_id, feed, line_no, field, reason, detail, body, body_length, body_digest)
     select 1 + n % 2, case when n % 3 = 0 then 'legs' else 'transactions' end, n, 'amount', case when n % 5 = 0 then 'json-syntax' else 'amount-scale' end,
       'a rule', decode('7b00e4b8' || lpad(to_hex(n), 4, '0'), 'hex'), 6 + n, '\\x00'
     from generate_series(1, 230) n`,
  );
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

async function everyLine(scope: Parameters<typeof quarantinedLines>[1]['scope'], actor = regulator) {
  const ids: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof quarantinedLines>> = await quarantinedLines(actor, { scope, before, locale: 'en' });
    ids.push(...page.lines.map(({ id }) => id));
    before = page.next;
  } while (before);
  return ids;
}

test('pages hold every line once, newest first, and the reasons count the same lines', async () => {
  for (const scope of [open, { ...open, feed: 'legs' as const }, { ...open, institution: 'T0002', reason: 'json-syntax' }]) {
    const ids = await everyLine(scope);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort((a, b) => Number(b) - Number(a))).toEqual(ids);
    const reasons = await quarantineReasons(regulator, { scope });
    const counted = reasons.filter(({ reason }) => scope.reason === undefined || reason === scope.reason);
    expect(counted.reduce((sum, { lines }) => sum + lines, 0)).toBe(ids.length);
  }
});

test('bytes that are no text are shown as escapes', async () => {
  const { lines } = await quarantinedLines(regulator, { scope: open, before: null, locale: 'en' });
  expect(lines[0]?.excerpt).toBe('{\\u{0}\\xe4\\xb8\\u{0}\\xe6');
  expect(Buffer.from((await quarantinedLine(regulator, { id: lines[0]?.id ?? '', locale: 'en' }))?.body ?? []).toString('hex')).toBe(
    '7b00e4b800e6',
  );
});

test('resolving is the operator’s, is audited, keeps the first note, and can be taken back', async () => {
  const at = new Date('2026-11-23T09:00:00Z');
  await expect(resolveLines(regulator, { ids: ['1'], note: 'resent by the sender', at })).rejects.toThrow(Forbidden);
  await expect(reopenLines(regulator, { ids: ['1'] })).rejects.toThrow(Forbidden);
  expect([...(await resolveLines(operator, { ids: ['1', '2'], note: 'resent by the sender', at }))].sort()).toEqual(['1', '2']);
  expect(await resolveLines(operator, { ids: ['2', '3'], note: 'another note', at })).toEqual(['3']);
  expect(await quarantinedLine(regulator, { id: '2', locale: 'en' })).toMatchObject({
    resolution: 'resent by the sender',
    resolvedBy: 'Operator',
    resolvedAt: at,
  });
  expect(await everyLine(open)).toHaveLength(227);
  expect(await reopenLines(operator, { ids: ['2', '9'] })).toEqual(['2']);
  expect(await everyLine({ ...open, state: 'resolved' })).toEqual(['3', '1']);
  const audit = await home.pool.query('select action, subject_id from audit_event order by id');
  expect(audit.rows.map(({ action, subject_id }) => `${action} ${subject_id}`)).toEqual([
    'quarantine.resolved 1',
    'quarantine.resolved 2',
    'quarantine.resolved 3',
    'quarantine.reopened 2',
  ]);
});

test('nonsense for an id is no line', async () => {
  for (const id of ['', '0', '-1', '1e3', '9'.repeat(30), "1' or 1=1"])
    expect(await quarantinedLine(regulator, { id, locale: 'en' })).toBeNull();
});

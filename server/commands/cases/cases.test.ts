import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CASE_CHECKS } from '@/domain/cases/case-steps';
import type { TraceSnapshot } from '@/domain/cases/trace-snapshot';
import { database } from '@/server/database';
import { Forbidden, NotFound } from '@/server/errors';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import { caseAlerts } from '@/server/queries/cases/case-alerts';
import { caseChoices } from '@/server/queries/cases/case-choices';
import { caseDetail } from '@/server/queries/cases/case-detail';
import { caseInstitutions } from '@/server/queries/cases/case-institutions';
import { casePayments } from '@/server/queries/cases/case-payments';
import { caseCounts, caseRows } from '@/server/queries/cases/case-rows';
import { caseTimeline } from '@/server/queries/cases/case-timeline';
import { caseTraces } from '@/server/queries/cases/case-traces';
import { caseWork } from '@/server/queries/cases/case-work';
import type { Actor } from '@/server/session';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { addToCase } from './add-to-case';
import { setPart } from './change-members';
import { closeCase } from './close-case';
import { editCase } from './edit-case';
import { enterCase } from './enter-case';
import { holdCase } from './hold-case';
import { keepFile } from './keep-file';
import { openCase } from './open-case';
import { takeFile } from './take-file';
import { takeOffCase } from './take-off-case';
import { addCheck, tickCheck } from './work-checklist';
import { writeNote } from './write-note';

const at = new Date('2026-11-23T09:00:00Z');
const done = { kind: 'done' };
const refused = (reason: string) => ({ kind: 'refused', reason });
let home: Awaited<ReturnType<typeof freshDatabase>>;
let [lead, chief, other, stranger]: Actor[] = [];
let no = '';
const key = (id: string) => transactionKeyOf(id) as string;

beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 3);
  const keys = new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY as string);
  await makeTransactions(home.pool, keys, [
    { id: 'P1', at: '2026-11-23T01:00:00Z', payer: 1, payee: 2, minor: 10_001 },
    { id: 'P2', at: '2026-11-23T01:05:00Z', payer: 2, payee: 3, minor: 20_002 },
    { id: 'P3', at: '2026-11-23T01:07:00Z', payer: 1, payee: 3, minor: 5_000, currency: 'USD' },
    { id: 'P4', at: '2026-11-23T01:08:00Z', payer: 1, payee: 3, minor: 700, status: 'failed' },
  ]);
  const { rows } = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash)
     values ('a', 'Ann', 'regulator', '-'), ('b', 'Bo', 'compliance', '-'), ('c', 'Cy', 'compliance', '-'), ('d', 'Di', 'compliance', '-')
     returning id, role, display_name`,
  );
  [lead, chief, other, stranger] = rows.map(
    ({ id, role, display_name }) => ({ ...testActor(), id, role, displayName: display_name }) as Actor,
  );
  await home.pool.query(
    `insert into alert (key, source, rule_id, rule_version, subject_type, subject_id, institution_id, severity, score, opened_at, updated_at)
     values ('k', 'typology', 'fan-in', 1, 'institution', '1', 1, 'high', 0.9, $1, $1)`,
    [at],
  );
  await home.pool.query(
    `insert into alert_transaction (alert_id, transaction_key, accepted_at) select max(id), $1, '2026-11-23T01:00:00Z' from alert`,
    [key('P1')],
  );
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});
beforeEach(async () => {
  no = (await openCase(lead as Actor, { title: 'Round tripping', supervisorId: chief?.id ?? null })).no;
});

async function audited(subject = no): Promise<string[]> {
  const { rows } = await home.pool.query(`select action from audit_event where subject_type = 'case' and subject_id = $1 order by id`, [
    subject,
  ]);
  return rows.map(({ action }) => action);
}
const addPayments = (actor: Actor, ...ids: string[]) =>
  addToCase(actor, { target: { kind: 'case', no }, addition: { kind: 'transactions', keys: ids.map(key) } });
const propose = (actor: Actor) => closeCase(actor, { kind: 'propose', no, at, finding: 'substantiated', conclusion: 'Money came back.' });
const hashShown = async () => (await caseDetail(chief as Actor, { no }))?.closings.at(-1)?.hash ?? '';
async function tickAll() {
  for (const { id } of (await caseWork(lead as Actor, { no })).checks) await tickCheck(lead as Actor, { no, id, done: true, at });
}
const fileOf = (name: string, words: string) =>
  keepFile(lead as Actor, { no, name, bytes: new TextEncoder().encode(words), description: '' });

const SNAPSHOT: TraceSnapshot = {
  direction: 'forward',
  currency: 'CNY',
  hops: 2,
  asOfMs: 1_790_000_000_000,
  replayed: 2,
  nodes: [],
  edges: [],
  conservation: {
    fifo: { source: '1', held: '1', exited: '0', unknown: '0', difference: '0' },
    lifo: { source: '1', held: '1', exited: '0', unknown: '0', difference: '0' },
    proRata: { source: '1', held: '1', exited: '0', unknown: '0', difference: '0' },
  },
  question: { hops: 2 },
};

describe('need to know', () => {
  test('whoever is not on a case is told the same as if it were not there, everywhere, and that is audited', async () => {
    const them = stranger as Actor;
    await addPayments(lead as Actor, 'P1');
    await fileOf('a.txt', 'words');
    const [file] = (await caseWork(lead as Actor, { no })).files;
    expect(await enterCase(them, { no })).toBeNull();
    expect(await enterCase(them, { no: 'C-2026-9999' })).toBeNull();
    expect(await takeFile(them, { no, id: file?.id ?? '' })).toBeNull();
    expect(await addPayments(them, 'P2')).toEqual(refused('not-found'));
    const doings: (() => Promise<unknown>)[] = [
      () => writeNote(them, { no, text: 'x' }),
      () => editCase(them, { no, title: 'mine', summary: '', dueAt: null }),
      () => addCheck(them, { no, text: 'x' }),
      () => setPart(them, { no, userId: them.id, part: 'member' }),
      () => closeCase(them, { kind: 'reopen', no, at, reason: 'because' }),
      () => holdCase(them, { kind: 'place', no, at, reason: 'because' }),
      () => takeOffCase(them, { kind: 'transaction', no, id: key('P1') }),
      () => keepFile(them, { no, name: 'b.txt', bytes: new TextEncoder().encode('b'), description: '' }),
    ];
    for (const doing of doings) await expect(doing()).rejects.toThrow(NotFound);
    expect((await audited()).filter((action) => action === 'case.refused')).toHaveLength(3 + doings.length);
    expect(await audited('C-2026-9999')).toEqual([]);
    const seen = [
      (await caseDetail(them, { no })) ?? [],
      (await caseAlerts(them, { no })) ?? [],
      (await casePayments(them, { no, locale: 'en' })).rows,
      await caseTraces(them, { no }),
      (await caseTimeline(them, { no, limit: 9 })).events,
      ...Object.values(await caseWork(them, { no })),
      await caseChoices(them, { keys: [], alertIds: [] }),
      (await caseRows(them, { filter: { view: 'all', q: '' }, after: null, at })).rows,
      await caseInstitutions(them, { no, ids: [], locale: 'en' }),
    ];
    expect(seen.flat()).toEqual([]);
    expect(await caseCounts(them, { q: '', at })).toMatchObject({ all: 0 });
  });

  test('roles that work no cases are refused before anything is looked for', async () => {
    for (const role of ['operator', 'admin', 'institution'] as const) {
      const actor = { ...(lead as Actor), role };
      await expect(enterCase(actor, { no })).rejects.toThrow(Forbidden);
      await expect(writeNote(actor, { no, text: 'x' })).rejects.toThrow(Forbidden);
      await expect(caseDetail(actor, { no })).rejects.toThrow(Forbidden);
      await expect(takeFile(actor, { no, id: crypto.randomUUID() })).rejects.toThrow(Forbidden);
    }
  });

  test('opening is audited once a visit, and members and the supervisor see it', async () => {
    for (const actor of [lead, chief]) {
      expect(await enterCase(actor as Actor, { no })).toMatchObject({ part: actor === lead ? 'lead' : 'supervisor' });
      await enterCase(actor as Actor, { no });
    }
    expect((await audited()).filter((action) => action === 'case.viewed')).toHaveLength(2);
    await setPart(lead as Actor, { no, userId: other?.id ?? '', part: 'member' });
    expect(await enterCase(other as Actor, { no })).toMatchObject({ part: 'member' });
    await setPart(lead as Actor, { no, userId: other?.id ?? '', part: 'none' });
    expect(await enterCase(other as Actor, { no })).toBeNull();
  });

  test('a case has one lead and one supervisor, and never none to lead it', async () => {
    expect(await setPart(chief as Actor, { no, userId: lead?.id ?? '', part: 'none' })).toEqual(refused('lead-stays'));
    expect(await setPart(chief as Actor, { no, userId: other?.id ?? '', part: 'lead' })).toEqual(done);
    expect((await caseDetail(lead as Actor, { no }))?.members.map(({ name, part }) => [name, part])).toEqual([
      ['Cy', 'lead'],
      ['Bo', 'supervisor'],
      ['Ann', 'member'],
    ]);
  });

  test('parts are changed by the lead and the supervisor only: a member cannot take a case over', async () => {
    await setPart(lead as Actor, { no, userId: other?.id ?? '', part: 'member' });
    for (const [userId, part] of [
      [other?.id, 'lead'],
      [other?.id, 'supervisor'],
      [chief?.id, 'none'],
      [stranger?.id, 'member'],
    ] as const)
      expect(await setPart(other as Actor, { no, userId: userId ?? '', part })).toEqual(refused('not-your-part'));
  });

  test('whoever cannot work cases is put on none, and who can is found however many people there are', async () => {
    const { rows } = await home.pool.query(
      `insert into app_user (login, display_name, role, password_hash)
       select 'crowd-' || n, 'A crowd ' || n, 'compliance', '-' from generate_series(1, 250) as n returning id`,
    );
    expect(await setPart(lead as Actor, { no, userId: stranger?.id ?? '', part: 'member' })).toEqual(done);
    const out = rows[0].id as string;
    await home.pool.query('update app_user set disabled_at = now() where login like $1', ['crowd-%']);
    expect(await setPart(lead as Actor, { no, userId: out, part: 'member' })).toEqual(refused('nobody'));
  });
});

describe('what is in a case', () => {
  test('payments add up by currency, those that failed apart, and are counted once however often they are added', async () => {
    expect(await addPayments(lead as Actor, 'P1', 'P2', 'P3', 'P4')).toMatchObject({ kind: 'added', added: 4, already: 0 });
    expect(await addPayments(chief as Actor, 'P2')).toMatchObject({ added: 0, already: 1 });
    const { rows, sums, total } = await casePayments(lead as Actor, { no, locale: 'en' });
    expect([rows.map(({ id }) => id), total]).toEqual([['P1', 'P2', 'P3', 'P4'], 4]);
    expect(sums).toEqual([
      { currency: 'CNY', payments: 3, minor: 30_703n, succeededMinor: 30_003n },
      { currency: 'USD', payments: 1, minor: 5_000n, succeededMinor: 5_000n },
    ]);
    expect(await addPayments(lead as Actor, 'nowhere')).toEqual(refused('not-found'));
  });

  test('an alert brings the payments that it lists, into a new case as well', async () => {
    const { rows } = await home.pool.query('select id from alert');
    const addition = { kind: 'alerts' as const, ids: rows.map(({ id }) => String(id)) };
    const opened = await addToCase(lead as Actor, { target: { kind: 'new', title: 'From an alert', supervisorId: null }, addition });
    if (opened.kind !== 'added') throw new Error('not opened');
    expect((await caseAlerts(lead as Actor, { no: opened.no })).map(({ ruleId }) => ruleId)).toEqual(['fan-in']);
    expect((await casePayments(lead as Actor, { no: opened.no, locale: 'en' })).rows.map(({ id }) => id)).toEqual(['P1']);
    expect((await caseChoices(lead as Actor, { keys: [key('P1')], alertIds: [] })).find((one) => one.no === opened.no)?.holds).toBe(true);
    const none = { kind: 'transactions' as const, keys: [key('nowhere')] };
    const counted = () => home.pool.query('select count(*) from case_record').then((answer) => answer.rows[0].count);
    const before = await counted();
    expect(await addToCase(lead as Actor, { target: { kind: 'new', title: 'Nothing in it', supervisorId: null }, addition: none })).toEqual(
      refused('not-found'),
    );
    expect(await counted()).toBe(before);
  });

  test('a trace is kept with the hash of what it answered, and the same answer once', async () => {
    const addition = { kind: 'trace' as const, title: 'Forward', address: '/transactions/P1/trace?range=x', snapshot: SNAPSHOT };
    expect(await addToCase(lead as Actor, { target: { kind: 'case', no }, addition })).toMatchObject({ added: 1 });
    expect(await addToCase(lead as Actor, { target: { kind: 'case', no }, addition })).toMatchObject({ added: 0, already: 1 });
    const [kept] = await caseTraces(chief as Actor, { no });
    expect([kept?.snapshot, kept?.sha256.length, kept?.by]).toEqual([SNAPSHOT, 64, 'Ann']);
  });

  test('a file comes back byte for byte, as it was named, and is audited; the same bytes are kept once', async () => {
    const bytes = new Uint8Array(700_000).map((_, n) => 65 + (n % 26));
    expect(await keepFile(lead as Actor, { no, name: 'x/y/证据.txt', bytes, description: 'from the bank' })).toEqual(done);
    expect(await keepFile(lead as Actor, { no, name: 'again.txt', bytes, description: '' })).toEqual(refused('twice'));
    const [file] = (await caseWork(chief as Actor, { no })).files;
    expect(file).toMatchObject({ name: '证据.txt', bytes: 700_000, by: 'Ann', description: 'from the bank' });
    const taken = await takeFile(chief as Actor, { no, id: file?.id ?? '' });
    expect(Buffer.compare(Buffer.from(taken?.content ?? []), Buffer.from(bytes))).toBe(0);
    expect(await audited()).toContain('case.file-taken');
  });

  test('a program under another name is refused, kept nowhere, and audited', async () => {
    expect(await fileOf('report.pdf', 'MZ\u0090')).toEqual(refused('content'));
    expect((await caseWork(lead as Actor, { no })).files).toEqual([]);
    expect(await audited()).toContain('case.file-refused');
  });

  test('a file whose bytes were changed behind the platform is not handed out', async () => {
    await fileOf('a.txt', 'true words');
    const [file] = (await caseWork(lead as Actor, { no })).files;
    await home.pool.query('alter table case_file_part disable trigger case_file_part_stays');
    await home.pool.query(`update case_file_part set bytes = 'fake words' where file_id = $1`, [file?.id]);
    await home.pool.query('alter table case_file_part enable trigger case_file_part_stays');
    await expect(takeFile(lead as Actor, { no, id: file?.id ?? '' })).rejects.toThrow(/not what was brought in/);
  });
});

describe('closing', () => {
  test('takes a whole checklist, a supervisor, and another person who saw the same content', async () => {
    await writeNote(lead as Actor, { no, text: 'first' });
    expect(await propose(lead as Actor)).toEqual(refused('checks-open'));
    await tickAll();
    expect(await propose(lead as Actor)).toEqual(done);
    expect(await closeCase(lead as Actor, { kind: 'close', no, at, hash: await hashShown() })).toEqual(refused('same-person'));
    expect(await writeNote(other as Actor, { no, text: 'x' }).catch(() => 'none')).toBe('none');
    expect(await writeNote(chief as Actor, { no, text: 'late' })).toEqual(refused('not-workable'));
    expect(await closeCase(chief as Actor, { kind: 'close', no, at, hash: await hashShown() })).toEqual(done);
    const closed = await caseDetail(lead as Actor, { no });
    expect([closed?.status, closed?.closings.map(({ outcome, decidedByName }) => [outcome, decidedByName])]).toEqual([
      'closed',
      [['closed', 'Bo']],
    ]);
    expect(await closeCase(lead as Actor, { kind: 'reopen', no, at, reason: 'new facts' })).toEqual(done);
    expect((await caseDetail(lead as Actor, { no }))?.status).toBe('reopened');
    expect((await audited()).filter((action) => action.startsWith('case.clos') || action === 'case.reopened')).toEqual([
      'case.closing-proposed',
      'case.closed',
      'case.reopened',
    ]);
  });

  test('without a supervisor is not proposed', async () => {
    await setPart(lead as Actor, { no, userId: chief?.id ?? '', part: 'member' });
    await tickAll();
    expect(await propose(lead as Actor)).toEqual(refused('no-supervisor'));
  });

  test('keeps its supervisor while under review, and is not closed without one', async () => {
    await tickAll();
    await setPart(lead as Actor, { no, userId: other?.id ?? '', part: 'member' });
    await propose(lead as Actor);
    for (const [userId, part] of [
      [chief?.id, 'none'],
      [chief?.id, 'member'],
      [chief?.id, 'lead'],
      [other?.id, 'supervisor'],
    ] as const)
      expect(await setPart(lead as Actor, { no, userId: userId ?? '', part })).toEqual(refused('supervisor-stays'));
    await home.pool.query(
      `update case_member set part = 'member' where part = 'supervisor' and case_id = (select id from case_record where no = $1)`,
      [no],
    );
    expect(await closeCase(other as Actor, { kind: 'close', no, at, hash: await hashShown() })).toEqual(refused('no-supervisor'));
  });

  test('from a page that shows something else is refused, and the proposal stands', async () => {
    await tickAll();
    await propose(lead as Actor);
    for (const hash of ['0'.repeat(64), 'f'.repeat(64)])
      expect(await closeCase(chief as Actor, { kind: 'close', no, at, hash })).toEqual(refused('changed-since'));
    expect((await caseDetail(lead as Actor, { no }))?.closings.map(({ outcome }) => outcome)).toEqual(['proposed']);
    expect(await audited()).not.toContain('case.closing-outdated');
    expect(await closeCase(chief as Actor, { kind: 'close', no, at, hash: await hashShown() })).toEqual(done);
  });

  test('is void where the content changed behind the proposal, and can be rejected and withdrawn', async () => {
    await tickAll();
    await propose(lead as Actor);
    const shown = await hashShown();
    await home.pool.query('alter table case_record disable trigger case_record_guard');
    await home.pool.query(`update case_record set summary = 'slipped in' where no = $1`, [no]);
    await home.pool.query('alter table case_record enable trigger case_record_guard');
    expect(await closeCase(chief as Actor, { kind: 'close', no, at, hash: shown })).toEqual(refused('changed-since'));
    expect((await caseDetail(lead as Actor, { no }))?.closings.map(({ outcome }) => outcome)).toEqual(['outdated']);
    await propose(lead as Actor);
    expect(await closeCase(chief as Actor, { kind: 'reject', no, at, reason: 'ask the bank' })).toEqual(done);
    await propose(lead as Actor);
    expect(await closeCase(chief as Actor, { kind: 'withdraw', no, at })).toEqual(refused('not-the-proposer'));
    expect(await closeCase(lead as Actor, { kind: 'withdraw', no, at })).toEqual(done);
    expect((await caseDetail(lead as Actor, { no }))?.status).toBe('open');
  });

  test('by one person, or of another content, is refused by the database itself', async () => {
    await tickAll();
    await propose(lead as Actor);
    const close = (by: string, hash: string) =>
      home.pool.query(
        `update case_closing set outcome = 'closed', decided_by = $2, decided_at = now(), decided_hash = ${hash}
         where case_id = (select id from case_record where no = $1)`,
        [no, by],
      );
    await expect(close(lead?.id ?? '', 'content_hash')).rejects.toThrow(/case_closing_takes_two_people/);
    await expect(close(chief?.id ?? '', `'other'`)).rejects.toThrow(/case_closing_is_of_one_content/);
    await expect(home.pool.query(`update case_record set status = 'closed', closed_at = now() where no = $1`, [no])).rejects.toThrow(
      /case_record_closes_by_two/,
    );
  });
});

describe('what the database keeps', () => {
  test('nothing of a case under review changes, and what was written is not rewritten', async () => {
    await writeNote(lead as Actor, { no, text: 'as it was' });
    const id = `(select id from case_record where no = '${no}')`;
    await expect(home.pool.query(`update case_note set text = 'otherwise' where case_id = ${id}`)).rejects.toThrow(
      /stays as it was written/,
    );
    await expect(home.pool.query(`delete from case_event where case_id = ${id}`)).rejects.toThrow(/kept with it/);
    await tickAll();
    await propose(lead as Actor);
    for (const statement of [
      `insert into case_note (case_id, text, written_by) values (${id}, 'late', '${lead?.id}')`,
      `delete from case_note where case_id = ${id}`,
      `update case_check set done_at = null, done_by = null where case_id = ${id}`,
      `update case_record set title = 'other' where no = '${no}'`,
    ])
      await expect(home.pool.query(statement)).rejects.toThrow(/does not change/);
    for (const table of ['note', 'transaction', 'alert', 'trace', 'check', 'institution'])
      await expect(home.pool.query(`truncate case_${table}`)).rejects.toThrow(/not emptied/);
  });

  test('a legal hold blocks deletion whoever deletes, and is lifted by two people only', async () => {
    await addPayments(lead as Actor, 'P1');
    await fileOf('a.txt', 'words');
    expect(await holdCase(lead as Actor, { kind: 'place', no, at, reason: 'court order' })).toEqual(done);
    expect(await takeOffCase(lead as Actor, { kind: 'transaction', no, id: key('P1') })).toEqual(refused('held'));
    const id = `(select id from case_record where no = '${no}')`;
    for (const statement of [
      `delete from case_transaction where case_id = ${id}`,
      `delete from case_file where case_id = ${id}`,
      `delete from case_hold where case_id = ${id}`,
      `delete from case_record where no = '${no}'`,
    ])
      await expect(home.pool.query(statement)).rejects.toThrow(/legal hold/);
    expect(await holdCase(lead as Actor, { kind: 'ask-lift', no, at, reason: 'order ended' })).toEqual(done);
    expect(await holdCase(lead as Actor, { kind: 'lift', no, at })).toEqual(refused('lift-same-person'));
    await expect(
      home.pool.query(`update case_hold set lifted_by = lift_asked_by, lifted_at = now() where case_id = ${id}`),
    ).rejects.toThrow(/case_hold_lift_takes_two_people/);
    expect(await holdCase(chief as Actor, { kind: 'lift', no, at })).toEqual(done);
    expect(await takeOffCase(lead as Actor, { kind: 'transaction', no, id: key('P1') })).toEqual(done);
    const [file] = (await caseWork(lead as Actor, { no })).files;
    await home.pool.query(`delete from case_record where no = '${no}'`);
    expect((await home.pool.query('select part from case_file_part where file_id = $1', [file?.id])).rows).toEqual([]);
  });
});

describe('the list', () => {
  test('counts what it shows, by view and words, and pages without losing or repeating a case', async () => {
    await editCase(lead as Actor, { no, title: 'Needle 100%', summary: '', dueAt: new Date('2026-11-22T00:00:00Z') });
    for (const view of ['open', 'mine', 'overdue', 'closed', 'all'] as const) {
      const counts = await caseCounts(lead as Actor, { q: '', at });
      const seen: string[] = [];
      let after = null as Awaited<ReturnType<typeof caseRows>>['next'];
      do {
        const page = await caseRows(lead as Actor, { filter: { view, q: '' }, after, at, limit: 2 });
        seen.push(...page.rows.map((row) => row.no));
        after = page.next;
      } while (after);
      expect([view, new Set(seen).size, seen.length]).toEqual([view, counts[view], counts[view]]);
    }
    const found = await caseRows(lead as Actor, { filter: { view: 'overdue', q: '100%' }, after: null, at });
    expect(found.rows.map((row) => [row.no, row.checks])).toEqual([[no, CASE_CHECKS.length]]);
  });
});

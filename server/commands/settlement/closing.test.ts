import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { database } from '@/server/database';
import { Forbidden, NotFound } from '@/server/errors';
import { breaks } from '@/server/queries/settlement/breaks';
import { positions } from '@/server/queries/settlement/positions';
import { rowSums } from '@/server/queries/settlement/row-sums';
import { sessions } from '@/server/queries/settlement/sessions';
import { unsettled } from '@/server/queries/settlement/unsettled';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { decideClosing } from './decide-closing';
import { proposeClosing } from './propose-closing';
import { setCap } from './set-cap';
import { setSchedule } from './set-schedule';
import { withdrawClosing } from './withdraw-closing';
import { reopenBreaks, resolveBreaks, takeBreaks } from './work-breaks';

const NO = '20261123-05';
const at = new Date('2026-11-23T02:10:00Z');
const dataAt = new Date('2026-11-23T02:05:00Z');
let home: Awaited<ReturnType<typeof freshDatabase>>;
let [regulator, compliance, third]: Actor[] = [];

beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 3);
  const { rows } = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash)
     values ('r', 'Reg', 'regulator', '-'), ('c', 'Com', 'compliance', '-'), ('d', 'Dee', 'compliance', '-') returning id, role`,
  );
  [regulator, compliance, third] = rows.map(({ id, role }) => ({ ...testActor(), id, role }) as Actor);
  await home.pool.query(`select ensure_partition('clearing_transaction', '2026-11-23T00:30:00Z')`);
  await home.pool.query(
    `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
       payer_institution_id, payer_account, payee_institution_id, payee_account, amount_minor, currency)
     select gen_random_uuid(), timestamptz '2026-11-23T00:30:00Z' + n * interval '1 minute', 1, n, 'T' || n, 'transfer',
       (case when n = 9 then 'direct' else 'cleared' end)::payment_route, (case when n = 8 then 'failed' else 'succeeded' end)::transaction_status,
       1 + n % 2, gen_random_uuid(), 3, gen_random_uuid(), 100 * n, 'CNY'
     from generate_series(1, 9) n`,
  );
  await home.pool.query(`insert into monitor_watermark (name, xid, batch_id, data_at) values ('books', '0', 0, $1)`, [dataAt]);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});
beforeEach(async () => {
  await home.pool.query(
    'truncate settlement_session, settlement_closing, settlement_position, settlement_late, settlement_finality, settlement_break',
  );
  await home.pool.query(
    `insert into settlement_session (no, business_day, ordinal, opens_at, cut_off_at) values ($1, '2026-11-23', 5, '2026-11-23T00:00:00Z', '2026-11-23T02:00:00Z')`,
    [NO],
  );
  // 1 pays 200 + 400 + 600, 2 pays 100 + 300 + 500 + 700: all to 3.
  await home.pool.query(
    `insert into settlement_position (session_no, institution_id, currency, in_minor, out_minor, in_count, out_count)
     values ($1, 1, 'CNY', 0, 1200, 0, 3), ($1, 2, 'CNY', 0, 1600, 0, 4), ($1, 3, 'CNY', 2800, 0, 7, 0)`,
    [NO],
  );
});

const done = { kind: 'done' };
const refused = (reason: string) => ({ kind: 'refused', reason });
const propose = (actor: Actor | undefined) => proposeClosing(actor as Actor, { no: NO, at });
const confirm = (actor: Actor | undefined) => decideClosing(actor as Actor, { no: NO, decision: 'confirm', at });
const audited = async () => (await home.pool.query('select action from audit_event order by id')).rows.map(({ action }) => action);

async function addBreak(kind: string): Promise<string> {
  const { rows } = await home.pool.query(
    `insert into settlement_break (fingerprint, session_no, origin, kind, institution_id, currency, detected_at)
     values (gen_random_uuid()::text, $1, 'agent', $2, 1, 'CNY', $3) returning id::text as id`,
    [NO, kind, at],
  );
  return rows[0].id;
}

describe('closing a session', () => {
  test('takes two people, is audited, and is for good', async () => {
    expect(await propose(compliance)).toEqual(done);
    expect(await propose(regulator)).toEqual(refused('already-proposed'));
    expect(await confirm(compliance)).toEqual(refused('same-person'));
    expect(await confirm(regulator)).toEqual(done);
    expect(await confirm(third)).toEqual(refused('already-closed'));
    expect(await propose(third)).toEqual(refused('already-closed'));
    expect(await audited()).toEqual(['settlement.closing-proposed', 'settlement.closed']);
    const [session] = await sessions(regulator as Actor, { no: NO, currency: 'CNY' });
    expect(session).toMatchObject({ proposedByName: 'Com', confirmedByName: 'Reg', closedAt: at });
  });

  test('by two people at the same moment closes it once', async () => {
    await propose(compliance);
    const outcomes = await Promise.all([confirm(regulator), confirm(third), confirm(compliance), confirm(regulator)]);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    const { rows } = await home.pool.query(`select count(*)::int as closings from settlement_closing where outcome = 'confirmed'`);
    expect(rows).toEqual([{ closings: 1 }]);
  });

  test('proposed by two people at the same moment is proposed once', async () => {
    const outcomes = await Promise.all([propose(regulator), propose(compliance), propose(third)]);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toEqual([refused('already-proposed'), refused('already-proposed')]);
  });

  test('is refused by the database itself to one person, to an unconfirmed proposal, to what does not balance and to open breaks', async () => {
    const me = compliance as Actor;
    await propose(me);
    const itself = home.pool.query(`update settlement_closing set outcome = 'confirmed', decided_by = proposed_by, decided_at = now()`);
    await expect(itself).rejects.toThrow(/settlement_closing_takes_two_people/);
    const { rows } = await home.pool.query('select id from settlement_closing where outcome = $1', ['open']);
    const close = () =>
      home.pool.query(
        `update settlement_session set closed_at = '2026-11-23T03:00:00Z', closing_id = $1, closing_outcome = 'confirmed' where no = $2`,
        [rows[0].id, NO],
      );
    await expect(close()).rejects.toThrow(/settlement_session_closed_by/);
    await home.pool.query(`update settlement_position set in_minor = in_minor + 1 where institution_id = 3`);
    await expect(close()).rejects.toThrow(/do not sum to zero/);
    await home.pool.query(`update settlement_position set in_minor = in_minor - 1 where institution_id = 3`);
    await addBreak('amount');
    await expect(close()).rejects.toThrow(/open breaks/);
  });

  test('waits for the cut-off, the data, the balance, the rows and the breaks', async () => {
    expect(await proposeClosing(compliance as Actor, { no: NO, at: new Date('2026-11-23T01:59:59Z') })).toEqual(refused('not-cut-off'));
    await home.pool.query(`update monitor_watermark set data_at = '2026-11-23T01:00:00Z'`);
    expect(await propose(compliance)).toEqual(refused('data-behind'));
    await home.pool.query('update monitor_watermark set data_at = $1', [dataAt]);
    await home.pool.query(`update settlement_position set in_minor = in_minor + 1 where institution_id = 3`);
    expect(await propose(compliance)).toEqual(refused('unbalanced'));
    await home.pool.query(`update settlement_position set out_minor = out_minor + 1 where institution_id = 1`);
    expect(await propose(compliance)).toEqual(refused('rows-differ'));
    await home.pool.query(`update settlement_position set in_minor = 2800 where institution_id = 3`);
    await home.pool.query(`update settlement_position set out_minor = 1200 where institution_id = 1`);
    await addBreak('date-cut');
    const id = await addBreak('missing');
    expect(await propose(compliance)).toEqual(refused('open-breaks'));
    await resolveBreaks(third as Actor, { ids: [id], resolution: 'explained', note: 'booked by hand', at });
    expect(await propose(compliance)).toEqual(done);
  });

  test('voids a proposal whose positions changed meanwhile', async () => {
    await propose(compliance);
    await home.pool.query(`update settlement_position set in_minor = 1, out_minor = 1 where institution_id = 1`);
    await home.pool.query(`update settlement_position set in_minor = 1599 where institution_id = 3`);
    expect(await confirm(regulator)).toEqual(refused('changed-since'));
    expect(await confirm(regulator)).toEqual(refused('nothing-proposed'));
  });

  test('can be withdrawn by whoever proposed it and rejected by another', async () => {
    await propose(compliance);
    expect(await withdrawClosing(regulator as Actor, { no: NO, at })).toEqual(refused('not-the-proposer'));
    expect(await withdrawClosing(compliance as Actor, { no: NO, at })).toEqual(done);
    await propose(compliance);
    expect(await decideClosing(regulator as Actor, { no: NO, decision: 'reject', reason: 'wait', at })).toEqual(done);
    expect(await confirm(regulator)).toEqual(refused('nothing-proposed'));
  });

  test('is not for those who may not, nor of sessions that are not there', async () => {
    for (const role of ['operator', 'admin', 'institution'] as const) {
      const actor = { ...testActor(), role } as Actor;
      await expect(propose(actor)).rejects.toThrow(Forbidden);
      await expect(confirm(actor)).rejects.toThrow(Forbidden);
      await expect(takeBreaks(actor, { ids: ['1'], at })).rejects.toThrow(Forbidden);
      await expect(
        setSchedule(actor, { effectiveFrom: '2027-01-01', cutOffs: [1440], nettingMinutes: 5, agentRequired: false, paceMinutes: 15, at }),
      ).rejects.toThrow(Forbidden);
    }
    await expect(proposeClosing(compliance as Actor, { no: '20261123-09', at })).rejects.toThrow(NotFound);
  });

  test('asks for the agent where the schedule says so', async () => {
    await home.pool.query('update settlement_schedule set agent_required = true');
    try {
      expect(await propose(compliance)).toEqual(refused('not-confirmed-by-agent'));
      await home.pool.query(
        `insert into settlement_entry (message_key, batch_id, line_no, agent_id, institution_id, session_no, currency, net_minor, status, reversal,
           reference, booked_at, value_date, message_name, message_id)
         select gen_random_uuid(), 1, 1, 1, id, $1, 'CNY', net, 'booked', false, 'R' || id, '2026-11-23T02:05:00Z', '2026-11-23', 'camt.053.001.12', 'M'
         from (values (1, -1200), (2, -1600), (3, 2800)) as d (id, net)`,
        [NO],
      );
      expect(await propose(compliance)).toEqual(done);
    } finally {
      await home.pool.query('update settlement_schedule set agent_required = false');
      await home.pool.query('delete from settlement_entry');
    }
  });
});

describe('breaks', () => {
  test('are owned, resolved with a word, keep the first word, and can be reopened until their session is closed', async () => {
    const [one, two] = [await addBreak('amount'), await addBreak('status')];
    expect(await takeBreaks(third as Actor, { ids: [one, two], at })).toEqual([one, two]);
    expect(await takeBreaks(third as Actor, { ids: [one], at })).toEqual([]);
    expect(await resolveBreaks(third as Actor, { ids: [one], resolution: 'corrected', note: 'resent', at })).toEqual([one]);
    expect(await resolveBreaks(regulator as Actor, { ids: [one, two], resolution: 'written-off', note: 'small', at })).toEqual([two]);
    const { breaks: rows } = await breaks(regulator as Actor, { scope: { state: 'resolved' }, locale: 'en' });
    expect(rows.map(({ owner, resolvedBy, note }) => [owner, resolvedBy, note])).toEqual([
      ['Dee', 'Dee', 'resent'],
      ['Dee', 'Reg', 'small'],
    ]);
    expect(await reopenBreaks(regulator as Actor, { ids: [two] })).toEqual([two]);
    await resolveBreaks(regulator as Actor, { ids: [two], resolution: 'explained', note: 'fees', at });
    await propose(compliance);
    await confirm(regulator);
    expect(await reopenBreaks(regulator as Actor, { ids: [one, two] })).toEqual([]);
  });
});

describe('what is shown', () => {
  test('positions are the sums of their rows, and an institution sees its own', async () => {
    const session = { no: NO, opensAt: new Date('2026-11-23T00:00:00Z'), cutOffAt: new Date('2026-11-23T02:00:00Z') };
    const asked = { no: NO, currency: 'CNY', locale: 'en', asOf: at, paceMinutes: 15 };
    const all = await positions(regulator as Actor, asked);
    expect(all.reduce((sum, { inMinor, outMinor }) => sum + inMinor - outMinor, 0n)).toBe(0n);
    const rows = await rowSums(session);
    for (const { institutionId, inMinor, outMinor } of all) {
      const row = rows.find((each) => each.institutionId === institutionId);
      expect([row?.windowInMinor, row?.windowOutMinor]).toEqual([inMinor, outMinor]);
    }
    const own = testActor({ institutionId: 2 });
    expect((await positions(own, asked)).map(({ code }) => code)).toEqual(['T0002']);
    expect((await sessions(own, { no: NO, currency: 'CNY' }))[0]).toMatchObject({
      inMinor: 0n,
      outMinor: 1600n,
      institutions: 1,
      openBreaks: 0,
    });
    await addBreak('amount');
    expect((await breaks(own, { scope: {}, locale: 'en' })).total).toBe(0);
  });

  test('what is not final is as old as its session', async () => {
    const bands = await unsettled(regulator as Actor, { currency: 'CNY', asOf: at });
    expect(bands.find(({ band }) => band === 'under-1h')).toMatchObject({ minor: 2800n, payments: 7, sessions: 1 });
  });

  test('caps and schedules are set by whoever may, audited, and never for what has begun', async () => {
    expect(await setCap(regulator as Actor, { institution: 'T0001', amount: '24.00' })).toEqual(done);
    expect(await setCap(regulator as Actor, { institution: 'T0001', amount: '24.001' })).toEqual(refused('invalid'));
    const [session] = await sessions(regulator as Actor, { no: NO, currency: 'CNY' });
    expect(session).toMatchObject({ capUsePpm: 500_000n, capUseCode: 'T0001' });
    const version = { cutOffs: [540, 1020], nettingMinutes: 10, agentRequired: true, paceMinutes: 30, at };
    expect(await setSchedule(regulator as Actor, { ...version, effectiveFrom: '2026-11-23' })).toEqual(refused('not-a-future-day'));
    expect(await setSchedule(regulator as Actor, { ...version, cutOffs: [600, 500], effectiveFrom: '2026-12-01' })).toEqual(
      refused('not-ascending'),
    );
    expect(await setSchedule(regulator as Actor, { ...version, effectiveFrom: '2026-12-01' })).toEqual(done);
    expect((await audited()).slice(-2)).toEqual(['settlement.cap-set', 'settlement.schedule-set']);
  });
});

import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart } from '@/domain/cut-over/window';
import type { UserId } from '@/domain/ids';
import { matchingConsumer } from '@/monitor/cut-over/matching-consumer';
import { BOOKS_WATERMARK } from '@/monitor/follow';
import { followToEnd } from '@/monitor/testing/follow-to-end';
import { verifyCertificate } from '@/server/cut-over/certificate-signature';
import { rerunCertificate } from '@/server/queries/cut-over/rerun-certificate';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { verifyBytes } from '../../../public/verify-cut-over-certificate.mjs';
import { actOnGate } from './act-on-gate';
import { decideCertificate } from './decide-certificate';
import { requestCertificate } from './request-certificate';

const [CLEAR, BANK, PAY, OTHER] = [1, 2, 3, 4];
const FROM = '2026-11-10';
const DAYS = 7;
const TO = addDays(FROM, DAYS - 1);
const CELL = { institution: 'PAY', bank: 'BANK', businessType: 'agreement' as const };

let db: Awaited<ReturnType<typeof freshDatabase>>;
let asker: Actor;
let approver: Actor;

beforeAll(async () => {
  db = await freshDatabase();
  useConsoleDatabase(db.url);
  await db.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en) values
       (1, 'CLEAR', 'clearing', 'clearing', '清算', 'Clear', '清算', 'Clear'), (2, 'BANK', 'bank', 'city', '甲银行', 'Bank', '甲', 'Bank'),
       (3, 'PAY', 'payment', 'payment', '乙支付', 'Pay', '乙', 'Pay'), (4, 'OTHER', 'payment', 'payment', '丙支付', 'Other', '丙', 'Other')`,
  );
  for (const table of ['bank_debit', 'clearing_transaction'])
    for (let day = -1; day <= DAYS; day++)
      await db.pool.query('select ensure_partition($1::regclass, $2)', [table, dayStart(addDays(FROM, day))]);
  [asker, approver] = (await Promise.all(['ann', 'bob'].map(person))) as [Actor, Actor];
});
afterAll(async () => {
  const { database } = await import('@/server/database');
  await database().$disconnect();
  await db.drop();
});
beforeEach(async () => {
  await db.pool.query('alter table cut_over_gate_event disable trigger user; alter table cut_over_certificate disable trigger user');
  await db.pool.query(
    `truncate bank_debit, debit_verdict, cut_over_day, cut_over_declaration, clearing_transaction, transaction_outcome, quarantined_line, feed_batch,
       monitor_watermark, cut_over_gate_event, cut_over_certificate cascade`,
  );
  await db.pool.query('alter table cut_over_gate_event enable trigger user; alter table cut_over_certificate enable trigger user');
});

async function person(login: string): Promise<Actor> {
  const { rows } = await db.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ($1, $1, 'regulator', '') returning id`,
    [login],
  );
  return { ...testActor(), id: rows[0].id as UserId, login, displayName: login };
}

async function batch(sender: number, feed: string, work: (id: string) => Promise<unknown>): Promise<void> {
  const name = randomUUID();
  const { rows } = await db.pool.query(
    `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt)
     values ($1, $2, $3, $4, 1, 0, 0, '') returning id::text as id`,
    [sender, feed, name, createHash('sha256').update(name).digest()],
  );
  await work(rows[0].id);
}

const uuid = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');

/** One payment an hour of every day, through clearing; an hour of the day may be left out. */
async function records(day: string, { hours = 24, payee = PAY, tag = 'T' } = {}): Promise<void> {
  await batch(CLEAR, 'transactions', (id) =>
    db.pool.query(
      `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
         payer_institution_id, payer_account, payee_institution_id, payee_account, amount_minor, currency, agreement_no)
       select md5($1 || hour)::uuid, $2::timestamptz + hour * interval '1 hour', $3, 1, $1 || hour, 'agreement', 'cleared', 'succeeded', $4,
         md5($1)::uuid, $5, md5($1)::uuid, 1000, 'CNY', 'SGN-1'
       from generate_series(0, $6::int - 1) as hour`,
      [`${tag}${day}-`, dayStart(day), id, BANK, payee, hours],
    ),
  );
}

/** The same hours as the bank reports them, and `direct` more that name no record. */
async function debits(day: string, { hours = 24, direct = 0, institution = PAY, tag = 'T', serial = 'S' } = {}): Promise<void> {
  await batch(BANK, 'debits', (id) =>
    db.pool.query(
      `insert into bank_debit (debit_key, debited_at, batch_id, line_no, serial, bank_id, institution_id, business_type, amount_minor, currency,
         transaction_key, transaction_id, agreement_no)
       select md5($1 || hour)::uuid, $2::timestamptz + (hour % 24) * interval '1 hour' + interval '1 second', $3, 1, $1 || hour, $4, $5, 'agreement',
         1000, 'CNY', case when hour < $6 then md5($7 || hour)::uuid end, case when hour < $6 then $7 || hour end, 'SGN-1'
       from generate_series(0, $6::int + $8::int - 1) as hour`,
      [`${serial}${day}-`, dayStart(day), id, BANK, institution, hours, `${tag}${day}-`, direct],
    ),
  );
}

async function declares(
  side: 'bank' | 'institution',
  day: string,
  { cleared = 24, direct = 0, open = false, id: message = `${side}${day}`, minutes = 1 } = {},
): Promise<void> {
  await batch(side === 'bank' ? BANK : PAY, 'declarations', (id) =>
    db.pool.query(
      `insert into cut_over_declaration (declaration_key, batch_id, line_no, message_id, side, institution_id, bank_id, business_type, currency, day,
         cleared_count, cleared_minor, direct_count, direct_minor, direct_interface, declared_at)
       values ($1, $2, 1, $3, $4, $5, $6, 'agreement', 'CNY', $7, $8, $9, $10, $11, $12, $13)`,
      [
        uuid(message),
        id,
        message,
        side,
        PAY,
        BANK,
        day,
        cleared,
        cleared * 1000,
        direct,
        direct * 1000,
        open ? 'open' : 'closed',
        new Date(dayStart(addDays(day, 1)).getTime() + minutes * 60_000),
      ],
    ),
  );
}

type Fault = { readonly day: string; readonly what: 'records' | 'debits' | 'bank' | 'institution' };

/** Seven clean days, but for what a test leaves out. */
async function cleanDays(without?: Fault): Promise<void> {
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(FROM, n);
    const kept = (what: Fault['what']) => without?.day !== day || without.what !== what;
    if (kept('records')) await records(day);
    if (kept('debits')) await debits(day);
    if (kept('bank')) await declares('bank', day);
    if (kept('institution')) await declares('institution', day);
  }
  await atLastGate();
}

/** Gates as people would pass them, without the conditions of the present day, which these days are not part of. */
async function atLastGate(): Promise<void> {
  for (const gate of [1, 10, 50, 100])
    for (const [kind, actor, requestedBy] of [
      ['advance-requested', asker.id, null],
      ['advanced', approver.id, asker.id],
    ])
      await db.pool.query(
        `insert into cut_over_gate_event (institution_id, bank_id, business_type, kind, gate, actor_id, requested_by, request_digest, note)
         values ($1, $2, 'agreement', $3, $4, $5, $6, '\\x00', 'test')`,
        [PAY, BANK, kind, gate, actor, requestedBy],
      );
}

async function follow(): Promise<void> {
  const client = await db.pool.connect();
  try {
    await followToEnd(client, { watermark: BOOKS_WATERMARK, consumers: [matchingConsumer], nowMs: Date.now(), acceptMissing: true });
  } finally {
    client.release();
  }
}

async function ask(changes: object = {}) {
  await follow();
  return await requestCertificate(asker, { ...CELL, currency: 'CNY', from: FROM, to: TO, note: 'seven days', ...changes });
}

async function stored(id: string) {
  const { rows } = await db.pool.query('select state, evidence, document from cut_over_certificate where id = $1', [id]);
  return rows[0] as { state: string; evidence: string; document: string | null };
}

async function issued(): Promise<{ id: string; document: string; evidence: string }> {
  await cleanDays();
  const requested = await ask();
  expect(requested).toMatchObject({ kind: 'requested' });
  const { evidence } = await stored(requested.id);
  const evidenceSha256 = createHash('sha256').update(evidence).digest('hex');
  expect(await decideCertificate(approver, { id: requested.id, approve: true, evidenceSha256, note: 'checked' })).toEqual({
    kind: 'issued',
  });
  const { document } = await stored(requested.id);
  return { id: requested.id, document: document as string, evidence };
}

const codes = (outcome: Awaited<ReturnType<typeof ask>>) => (outcome.kind === 'withheld' ? outcome.reasons.map(({ code }) => code) : []);

describe('a cut-over certificate', () => {
  test('is issued by two people where three sides agree, and verifies offline, with the console’s code and with the single file', async () => {
    const { document } = await issued();
    const checked = verifyCertificate(Buffer.from(document));
    if (checked.kind === 'bad') throw new Error(checked.detail);
    const { evidence, key } = checked.certificate;
    expect(evidence).toMatchObject({
      clearing: { records: { count: '168', minor: '168000' }, unconfirmed: { count: '0' } },
      bank: {
        debits: { count: '168' },
        matched: { count: '168' },
        residual: { count: '0' },
        declarations: { days: 7, clearedCount: '168' },
      },
      institution: { declarations: { days: 7, clearedCount: '168' } },
      result: { migratedByCount: '1.000000', migratedByValue: '1.000000', agreementCoverage: '1.000000' },
      agreements: { used: 1, covered: 1 },
    });
    expect(evidence.sources.map(({ institution, feed, batches }) => [institution, feed, batches])).toEqual([
      ['BANK', 'debits', 7],
      ['BANK', 'declarations', 7],
      ['CLEAR', 'transactions', 7],
      ['PAY', 'declarations', 7],
    ]);
    expect(verifyBytes(Buffer.from(document), key.fingerprint)).toMatchObject({ good: true });
    expect(verifyCertificate(Buffer.from(document), { fingerprint: '0'.repeat(64) })).toMatchObject({ fault: 'other-key' });
    expect(verifyBytes(Buffer.from(document), '0'.repeat(64))).toMatchObject({ good: false });
  });

  test('changed in any byte, cut short or lengthened is no certificate any more', async () => {
    const { document } = await issued();
    const bytes = Buffer.from(document);
    const isBad = (changed: Uint8Array) => {
      expect(verifyCertificate(changed).kind).toBe('bad');
      expect(verifyBytes(changed).good).toBe(false);
    };
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ change;
        isBad(changed);
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), (length) => isBad(bytes.subarray(0, length))),
      { numRuns: 60 },
    );
    // The bits at the end of a base64 text that decode to nothing are part of the file, too.
    const lastOfSignature = document.indexOf('=="', document.indexOf('"signature"')) - 1;
    for (const change of [1, 2, 3]) {
      const changed = Buffer.from(bytes);
      changed[lastOfSignature] = (changed[lastOfSignature] as number) ^ change;
      isBad(changed);
    }
    isBad(Buffer.concat([bytes, Buffer.from('\n')]));
    isBad(Buffer.concat([Buffer.from('\ufeff'), bytes]));
    isBad(Buffer.from(JSON.stringify(JSON.parse(document), null, 1)));
  });

  test.each<[string, () => Promise<void>, string]>([
    ['a day without the bank’s declaration', () => cleanDays({ day: TO, what: 'bank' }), 'bank-not-reported'],
    ['a day without the institution’s declaration', () => cleanDays({ day: FROM, what: 'institution' }), 'institution-not-declared'],
    ['a bank that declares more than it reports', () => cleanDays({ day: FROM, what: 'debits' }), 'bank-report-incomplete'],
    ['clearing records that no debit confirms', () => cleanDays({ day: FROM, what: 'debits' }), 'bank-does-not-confirm'],
    ['a day on which clearing reported nothing', () => cleanDays({ day: FROM, what: 'records' }), 'feed-gap'],
    [
      'one direct debit',
      async () => {
        await cleanDays();
        await debits(FROM, { hours: 0, direct: 1, serial: 'X' });
      },
      'residual-direct',
    ],
    [
      'an institution that says the direct interface is open',
      async () => {
        await cleanDays({ day: TO, what: 'institution' });
        await declares('institution', TO, { open: true });
      },
      'interface-open',
    ],
    [
      'an institution that declares other figures than clearing has',
      async () => {
        await cleanDays({ day: TO, what: 'institution' });
        await declares('institution', TO, { cleared: 23 });
      },
      'sides-disagree',
    ],
    [
      'a debit that its bank books for the institution while the record is another’s',
      async () => {
        await cleanDays();
        await records(FROM, { payee: OTHER, tag: 'N', hours: 1 });
        await debits(FROM, { hours: 1, tag: 'N', serial: 'N' });
      },
      'nested',
    ],
    [
      'lines of a side that were refused and not settled',
      async () => {
        await cleanDays();
        await db.pool.query(
          `insert into quarantined_line (institution_id, feed, line_no, reason, body, body_length, body_digest) values ($1, 'debits', 1, 'field-syntax', '\\x', 0, '\\x')`,
          [BANK],
        );
      },
      'lines-in-quarantine',
    ],
  ])('is withheld for %s', async (_what, arrange, code) => {
    await arrange();
    const outcome = await ask();
    expect(codes(outcome)).toContain(code);
    expect((await stored(outcome.id)).document).toBeNull();
  });

  test('is withheld for too short a period, and before the last gate', async () => {
    await cleanDays();
    expect(codes(await ask({ to: addDays(FROM, 2) }))).toEqual(['period-too-short']);
    await actOnGate(asker, { ...CELL, action: 'freeze', note: 'stop', currency: 'CNY' });
    expect(codes(await ask())).toEqual(['gate-not-passed']);
  });

  test('re-runs to the same bytes after late data, which it names, and whose effect it tells', async () => {
    const { evidence } = await issued();
    const read = { text: evidence, evidence: JSON.parse(evidence) };
    expect(await rerunCertificate(read)).toEqual({ same: true, later: [], reasonsNow: [] });
    await debits(FROM, { hours: 0, direct: 2, serial: 'LATE' });
    await declares('bank', FROM, { cleared: 24, direct: 2, id: 'corrected', minutes: 90 });
    await db.pool.query(`update clearing_transaction set status = 'failed' where transaction_id = $1`, [`T${TO}-3`]);
    await batch(CLEAR, 'outcomes', (id) =>
      db.pool.query(
        `insert into transaction_outcome (transaction_key, accepted_at, batch_id, line_no, recorded_at, kind, from_status, to_status)
         select transaction_key, accepted_at, $1, 1, now(), 'resolved', 'succeeded', 'failed' from clearing_transaction where transaction_id = $2`,
        [id, `T${TO}-3`],
      ),
    );
    await follow();
    const again = await rerunCertificate(read);
    expect(again.same).toBe(true);
    expect(again.later.map(({ kind, institution, rows }) => [kind, institution, rows]).sort()).toEqual([
      ['debit', 'BANK', 2],
      ['declaration', 'BANK', 1],
      ['outcome', 'CLEAR', 1],
    ]);
    expect(again.reasonsNow.map(({ code }) => code)).toEqual(['sides-disagree', 'residual-direct', 'declared-direct']);
  });

  test('says so where rows below its watermark were tampered with', async () => {
    const { evidence } = await issued();
    await db.pool.query(`update bank_debit set amount_minor = 999 where serial = $1`, [`S${FROM}-0`]);
    expect((await rerunCertificate({ text: evidence, evidence: JSON.parse(evidence) })).same).toBe(false);
  });

  test('cannot be approved by who asked, nor twice, nor on other evidence; and the database holds to that by itself', async () => {
    await cleanDays();
    const { id } = await ask();
    const { evidence } = await stored(id);
    const evidenceSha256 = createHash('sha256').update(evidence).digest('hex');
    const decide = (actor: Actor, digest = evidenceSha256) =>
      decideCertificate(actor, { id, approve: true, evidenceSha256: digest, note: 'yes' });
    expect(await decide(asker)).toEqual({ kind: 'refused', reason: 'same-person' });
    expect(await decide(approver, '0'.repeat(64))).toEqual({ kind: 'refused', reason: 'evidence-differs' });
    await expect(
      db.pool.query(`update cut_over_certificate set state = 'declined', decided_by = requested_by, decided_at = now() where id = $1`, [
        id,
      ]),
    ).rejects.toThrow('two_people_certify');
    expect(await decide(approver)).toEqual({ kind: 'issued' });
    expect(await decide(approver)).toEqual({ kind: 'refused', reason: 'already-decided' });
    await expect(db.pool.query(`update cut_over_certificate set document = 'x' where id = $1`, [id])).rejects.toThrow('never changed');
    await expect(db.pool.query(`delete from cut_over_certificate where id = $1`, [id])).rejects.toThrow('never changed');
    const { rows } = await db.pool.query(`select action from audit_event where subject_id = $1 order by id`, [id]);
    expect(rows.map(({ action }) => action)).toEqual(['cut-over.certificate-requested', 'cut-over.certificate-issued']);
  });

  test('is asked for and decided by those who govern, and by nobody else', async () => {
    const reader = { ...asker, role: 'operator' as const };
    await expect(requestCertificate(reader, { ...CELL, currency: 'CNY', from: FROM, to: TO, note: 'no' })).rejects.toThrow(
      'cutover:govern',
    );
    await expect(
      decideCertificate(reader, { id: randomUUID(), approve: true, evidenceSha256: '0'.repeat(64), note: 'no' }),
    ).rejects.toThrow('cutover:govern');
    await expect(actOnGate(reader, { ...CELL, action: 'freeze', note: 'no', currency: 'CNY' })).rejects.toThrow('cutover:govern');
  });
});

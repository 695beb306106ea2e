import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../feed/receipt';
import type { FeedSender } from '../feed/sender';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let clearing: FeedSender;
let bank: FeedSender;
beforeAll(async () => {
  running = await runningGateway();
  clearing = await running.sender('CLEAR');
  bank = await running.sender('BANK-A');
});
afterAll(() => running.end());

async function send(
  feed: 'transactions' | 'legs' | 'heartbeats' | 'outcomes',
  lines: readonly object[],
  sender = clearing,
): Promise<Receipt> {
  const outcome = await sender.send(feed, lines.map(text));
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
}

describe('a stored payment', () => {
  test('carries every field that was sent, amounts exact and times to the microsecond', async () => {
    await send('transactions', [
      payment('whole', {
        endToEndId: 'back\\slash',
        uetr: '3D2C1F5E-6a7b-4c8d-9e0f-1a2b3c4d5e6f',
        intermediary: 'PAY-A',
        amount: undefined,
        amountMinor: '9223372036854775807',
        currency: 'KWD',
        acceptedAt: '2026-11-22T23:59:59.999999+08:00',
        respondedAt: '2026-11-23T00:00:00+08:00',
        barcodeTier: 'C',
        originalId: 'earlier',
      }),
    ]);
    const { rows } = await running.pool.query(
      `select t.amount_minor, t.currency, t.end_to_end_id, t.uetr, t.barcode_tier, t.tableoid::regclass::text as partition,
              to_json(t.accepted_at at time zone 'UTC') #>> '{}' as accepted_at, i.code as intermediary, t.payer_account::text,
              t.original_transaction_key is not null as has_original
         from clearing_transaction t
         join institution i on i.id = t.intermediary_institution_id
        where t.transaction_id = 'whole'`,
    );
    const account = await running.pool.query('select number_masked from account where id = $1', [rows[0].payer_account]);
    rows[0].payer_account = account.rows[0].number_masked;
    expect(rows).toEqual([
      {
        amount_minor: '9223372036854775807',
        currency: 'KWD',
        end_to_end_id: 'back\\slash',
        uetr: '3d2c1f5e-6a7b-4c8d-9e0f-1a2b3c4d5e6f',
        barcode_tier: 'C',
        partition: expect.stringMatching(/^clearing_transaction_p20261122(_\d+)?$/), // a cluster's shards are numbered
        accepted_at: '2026-11-22T15:59:59.999999',
        intermediary: 'PAY-A',
        payer_account: '6222 **** **** 1182',
        has_original: true,
      },
    ]);
    const batch = await running.pool.query(
      `select first_accepted_at <= t.accepted_at and t.accepted_at <= last_accepted_at as within, accepted_count
         from feed_batch b
         join clearing_transaction t on t.batch_id = b.id
        where t.transaction_id = 'whole'`,
    );
    expect(batch.rows).toEqual([{ within: true, accepted_count: 1 }]);
  });

  test('names an institution by its code, its bank code or its BIC alike', async () => {
    await running.pool.query("update institution set cnaps_no = '102100099996' where code = 'BANK-A'");
    await expect
      .poll(
        async () =>
          (await send('transactions', [payment(`names-${Math.random()}`, { payer: { institution: '102100099996', account: '12345678' } })]))
            .accepted,
      )
      .toBe(1);
    await send('transactions', [payment('names-bic', { payer: { institution: 'HWABCNBJ', account: '12345678' } })]);
    const { rows } = await running.pool.query(
      "select count(distinct payer_account)::int as accounts from clearing_transaction where transaction_id like 'names-%'",
    );
    expect(rows[0].accounts).toBe(1);
  });
});

describe('legs', () => {
  const leg = (changes: object = {}) => ({
    transactionId: 'leg-1',
    party: 'payer_bank',
    institution: 'BANK-A',
    serial: 'S1',
    startedAt: '2026-11-23T09:46:52.051+08:00',
    endedAt: '2026-11-23T09:46:52.212+08:00',
    amount: '128.50',
    currency: 'CNY',
    status: 'debited',
    ...changes,
  });

  test('are kept of each party that asserts them, once for each reporter, before and after the payment itself', async () => {
    expect(await send('legs', [leg(), leg(), leg({ party: 'payee_bank', institution: 'BANK-B' })])).toMatchObject({
      accepted: 2,
      duplicate: 1,
    });
    expect(await send('legs', [leg()], bank)).toMatchObject({ accepted: 1 });
    expect(await send('legs', [leg({ amount: '128.51' })], bank)).toMatchObject({ refused: 1, refusals: [{ reason: 'conflict' }] });
    const { rows } = await running.pool.query('select party::text, count(*)::int as n from leg group by leg.party order by leg.party');
    expect(rows).toEqual([
      { party: 'payer_bank', n: 2 },
      { party: 'payee_bank', n: 1 },
    ]);
  });

  test('of another institution are refused, and so are legs that end before they start', async () => {
    const receipt = await send(
      'legs',
      [leg({ institution: 'BANK-B', serial: 'S2' }), leg({ serial: 'S3', endedAt: '2026-11-23T09:46:52.050+08:00' })],
      bank,
    );
    expect(receipt.refusals.map(({ reason }) => reason)).toEqual(['not-a-party', 'time-order']);
  });
});

test('a payment of a day whose partition somebody dropped is taken at the next attempt', async () => {
  const sender = await running.sender('CLEAR', { attemptsMax: 2 });
  const late = (id: string) => [payment(id, { acceptedAt: '2026-03-05T01:00:00Z', respondedAt: undefined, finalAt: undefined })];
  await send('transactions', late('before-drop'), sender);
  // Of the day, the month or the year: it depends on how long ago that is.
  const { rows } = await running.pool.query(
    `select inhrelid::regclass::text as partition from pg_inherits
     where inhparent = 'clearing_transaction'::regclass and inhrelid::regclass::text ~ '_p2026(03(05)?)?$'`,
  );
  expect(rows).toHaveLength(1);
  await running.pool.query(`drop table ${rows[0].partition}`);
  expect(await send('transactions', late('after-drop'), sender)).toMatchObject({ accepted: 1 });
});

describe('heartbeats', () => {
  const beat = (changes: object = {}) => ({
    institution: 'BANK-A',
    line: 'dc1',
    layer: 'tls',
    sentAt: '2026-11-23T01:46:50Z',
    ok: true,
    latencyMs: 8,
    ...changes,
  });

  test('are stored once for each institution, line, layer and time, and another content is a conflict', async () => {
    expect(await send('heartbeats', [beat(), beat({ layer: 'mtls' }), beat()], bank)).toMatchObject({
      accepted: 2,
      duplicate: 1,
      refused: 0,
    });
    expect(await send('heartbeats', [beat({ sentAt: '2026-11-23T09:46:50.000+08:00' })], bank)).toMatchObject({
      accepted: 0,
      duplicate: 1,
    });
    const changed = await send('heartbeats', [beat({ ok: false })], bank);
    expect(changed).toMatchObject({ refused: 1, refusals: [{ reason: 'conflict' }] });
    expect(await send('heartbeats', [beat({ institution: 'BANK-B' })], bank)).toMatchObject({ refusals: [{ reason: 'not-a-party' }] });
  });

  test('that are refused leave no certificate behind', async () => {
    const sentAt = '2026-11-23T01:47:50Z';
    const met = (fingerprint: string) => ({
      party: 'server',
      fingerprint: fingerprint.repeat(64),
      subject: 'CN=a',
      issuer: 'CN=ca',
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
    });
    expect(await send('heartbeats', [beat({ sentAt, certificate: met('a') })], bank)).toMatchObject({ accepted: 1 });
    expect(await send('heartbeats', [beat({ sentAt, ok: false, certificate: met('b') })], bank)).toMatchObject({ refused: 1 });
    const { rows } = await running.pool.query('select left(fingerprint, 1) as begins from certificate');
    expect(rows).toEqual([{ begins: 'a' }]);
  });
});

describe('outcomes', () => {
  const outcome = (messageId: string, transactionId: string, changes: object = {}) => ({
    messageId,
    transactionId,
    kind: 'resolved',
    status: 'succeeded',
    recordedAt: '2026-11-23T02:00:00Z',
    ...changes,
  });
  const stateOf = async (id: string) =>
    (
      await running.pool.query(
        'select status::text, final_at, system_code, business_code from clearing_transaction where transaction_id = $1',
        [id],
      )
    ).rows[0];

  test('resolve an unknown payment, and both the status before and after are kept', async () => {
    await send('transactions', [payment('unknown-1', { status: 'unknown' })]);
    const receipt = await send('outcomes', [
      outcome('o-1', 'unknown-1', { systemCode: 'S1', businessCode: '00' }),
      outcome('o-2', 'unknown-1', {
        kind: 'final',
        status: undefined,
        recordedAt: '2026-11-23T03:00:00Z',
        finalAt: '2026-11-23T02:59:00Z',
      }),
    ]);
    expect(receipt).toMatchObject({ accepted: 2, refused: 0 });
    expect(await stateOf('unknown-1')).toMatchObject({
      status: 'succeeded',
      system_code: 'S1',
      final_at: new Date('2026-11-23T02:59:00Z'),
    });
    const { rows } = await running.pool.query(
      `select o.kind, o.from_status::text, o.to_status::text, b.first_accepted_at <= o.accepted_at and o.accepted_at <= b.last_accepted_at as within
         from transaction_outcome o
         join feed_batch b on b.id = o.batch_id
        order by o.recorded_at`,
    );
    expect(rows).toEqual([
      { kind: 'resolved', from_status: 'unknown', to_status: 'succeeded', within: true },
      { kind: 'final', from_status: 'succeeded', to_status: 'succeeded', within: true },
    ]);
  });

  test('of a payment nobody reported, or one the sender has no part in, are refused and may come again later', async () => {
    const early = outcome('o-early', 'later');
    expect(await send('outcomes', [early], bank)).toMatchObject({
      refused: 1,
      refusals: [{ reason: 'transaction-unknown', field: 'transactionId' }],
    });
    await send('transactions', [
      payment('later', { status: 'unknown' }),
      payment('others', { payer: { institution: 'BANK-C', account: '99998888' } }),
    ]);
    expect(await send('outcomes', [early], bank)).toMatchObject({ accepted: 1 });
    expect(await send('outcomes', [early], bank)).toMatchObject({ duplicate: 1 });
    expect(await send('outcomes', [outcome('o-others', 'others')], bank)).toMatchObject({
      refused: 1,
      refusals: [{ reason: 'not-a-party' }],
    });
  });

  test('that arrive in any order, in any batches, end in the status of the newest', { timeout: 120_000 }, async () => {
    let run = 0;
    const statuses = ['succeeded', 'declined', 'failed', 'unknown'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ status: fc.constantFrom(...statuses), minute: fc.integer({ min: 0, max: 4 }), together: fc.boolean() }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (given) => {
          run += 1;
          const lines = (id: string) =>
            given.map(({ status, minute }, i) =>
              outcome(`${id}-${i}`, id, { status, systemCode: status, recordedAt: `2026-11-23T04:0${minute}:00Z` }),
            );
          await send('transactions', [payment(`any-${run}-a`, { status: 'unknown' }), payment(`any-${run}-b`, { status: 'unknown' })]);
          await send('outcomes', lines(`any-${run}-a`));
          const reversed = lines(`any-${run}-b`).reverse();
          for (let at = 0; at < reversed.length; ) {
            const size = given[at]?.together ? 2 : 1;
            await send('outcomes', reversed.slice(at, at + size));
            at += size;
          }
          expect(await stateOf(`any-${run}-b`)).toEqual(await stateOf(`any-${run}-a`));
        },
      ),
      { numRuns: 30 },
    );
  });
});

test('account numbers with quotes, backslashes and braces are masked and found as they are', async () => {
  const numbers = ['12"34', '12\\34', '{1,2}', 'a"b\\c"', '账号一二三四'];
  const lines = numbers.map((account, i) => payment(`odd-account-${i}`, { payer: { institution: 'BANK-C', account } }));
  expect(await send('transactions', lines)).toMatchObject({ accepted: numbers.length, refused: 0 });
  const { rows } = await running.pool.query<{ number_last4: string }>(
    `select a.number_last4
       from account a
       join institution i on i.id = a.institution_id
      where i.code = 'BANK-C'`,
  );
  expect(rows.map((row) => row.number_last4).sort()).toEqual(
    expect.arrayContaining(numbers.map((number) => number.slice(-Math.max(1, Math.min(4, Math.floor(number.length / 2)))))),
  );
});

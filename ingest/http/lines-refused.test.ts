import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../feed/receipt';
import type { FeedSender } from '../feed/sender';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let clearing: FeedSender;
beforeAll(async () => {
  running = await runningGateway();
  clearing = await running.sender('CLEAR');
});
afterAll(() => running.end());

async function send(body: Buffer, sender = clearing): Promise<Receipt> {
  const outcome = await sender.sendBody({ path: '/v1/transactions', contentType: 'application/x-ndjson', body });
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
}

/** The poison between two good lines: both must be accepted, whatever it is. */
async function between(poison: Buffer | string, name: string, sender = clearing): Promise<Receipt> {
  const neighbour = (side: string) => text(payment(`${name}-${side}`, { payer: { institution: 'BANK-A', account: '11112222' } }));
  return await send(
    Buffer.concat([Buffer.from(`${neighbour('left')}\n`), Buffer.from(poison as string), Buffer.from(`\n${neighbour('right')}\n`)]),
    sender,
  );
}

const with_ = (changes: object) => text({ ...payment('poison'), ...changes });
const without = (name: string) => text({ ...payment('poison'), [name]: undefined });
const CASES: [string, string | Buffer, string, string | null][] = [
  ['broken JSON', '{"id":"x",', 'json-syntax', null],
  ['an array', '[]', 'json-syntax', null],
  ['JSON that is too deep', `{"id":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'too-deep', null],
  ['a line of more than 64 KiB', with_({ agreementNo: 'x'.repeat(70_000) }), 'line-too-long', null],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 'invalid-utf8', null],
  ['an escaped NUL', with_({ agreementNo: 'a\u0000b' }), 'nul-character', 'agreementNo'],
  ['a raw NUL', `{"id":"a\u0000b"}`, 'nul-character', null],
  ['half a surrogate pair', with_({ payer: { institution: 'BANK-A', account: '1\ud8002' } }), 'lone-surrogate', 'payer.account'],
  ['a key twice', with_({}).replace('{', '{"id":"first",'), 'duplicate-key', 'id'],
  ['a field the feed does not have', with_({ colour: 'red' }), 'unknown-field', 'colour'],
  ['a field with the name of an answer of ours', with_({ refused: true }), 'unknown-field', 'refused'],
  ['a password', with_({ password: 'hunter2' }), 'forbidden-field', 'password'],
  [
    'a card’s check value inside a party',
    with_({ payer: { institution: 'BANK-A', account: '1234', cvv2: '123' } }),
    'forbidden-field',
    'payer.cvv2',
  ],
  ['no id', without('id'), 'missing-field', 'id'],
  ['no amount', without('amount'), 'missing-field', 'amount'],
  ['a number for the amount', with_({ amount: 128.5 }), 'field-type', 'amount'],
  ['1e400', with_({}).replace('"128.50"', '1e400'), 'field-type', 'amount'],
  ['null', with_({ sessionNo: null }), 'field-type', 'sessionNo'],
  ['an id with a space', with_({ id: 'a b' }), 'field-syntax', 'id'],
  ['a status that is none', with_({ status: 'done' }), 'field-syntax', 'status'],
  ['both amounts', with_({ amountMinor: '12850' }), 'both-amounts', 'amountMinor'],
  ['a comma in the amount', with_({ amount: '1,000.00' }), 'amount-syntax', 'amount'],
  ['a third decimal of a yuan', with_({ amount: '1.001' }), 'amount-scale', 'amount'],
  ['sen of a yen', with_({ amount: '60.94', currency: 'JPY' }), 'amount-scale', 'amount'],
  ['a fraction of a minor unit', with_({ amount: undefined, amountMinor: '1.5' }), 'amount-scale', 'amountMinor'],
  ['nothing', with_({ amount: '0.00' }), 'amount-zero', 'amount'],
  ['less than nothing', with_({ amount: '-1.00' }), 'amount-negative', 'amount'],
  ['more than a bigint', with_({ amount: undefined, amountMinor: '9223372036854775808' }), 'amount-range', 'amountMinor'],
  ['a currency that is none', with_({ currency: 'XXX' }), 'currency-unknown', 'currency'],
  ['a time before 1970', with_({ acceptedAt: '1969-12-31T23:59:59Z' }), 'time-range', 'acceptedAt'],
  ['a time six minutes ahead', with_({ acceptedAt: new Date(Date.now() + 360_000).toISOString() }), 'time-range', 'acceptedAt'],
  ['a 31st of November', with_({ acceptedAt: '2026-11-31T00:00:00Z' }), 'field-syntax', 'acceptedAt'],
  ['an answer before the question', with_({ respondedAt: '2026-11-23T09:46:52.003+08:00' }), 'time-order', 'respondedAt'],
  [
    'an institution that nobody registered',
    with_({ payee: { institution: 'NOBODY', account: '1234' } }),
    'institution-unknown',
    'payee.institution',
  ],
];

describe('between two good lines, a line is refused with its number, field and reason, and its neighbours are accepted, when it has', () => {
  test.each(CASES)('%s', async (name, poison, reason, field) => {
    const receipt = await between(poison, name.replace(/[^a-z]/gi, ''));
    expect(receipt).toMatchObject({ accepted: 2, refused: 1, refusals: [{ line: 2, reason, field }] });
  });
});

test('an institution reports only payments that it has a part in; the clearing institution reports all', async () => {
  const bank = await running.sender('BANK-C');
  const line = text(payment('not-mine'));
  expect(await send(Buffer.from(line), bank)).toMatchObject({ accepted: 0, refused: 1, refusals: [{ reason: 'not-a-party' }] });
  const through = text(payment('through-me', { intermediary: 'BANK-C' }));
  expect(await send(Buffer.from(through), bank)).toMatchObject({ accepted: 1, refused: 0 });
  expect(await send(Buffer.from(line))).toMatchObject({ accepted: 1, refused: 0 });
});

test('history is taken: a payment of 1993 and one of today in one batch', async () => {
  const lines = [
    text(payment('history-1993', { acceptedAt: '1993-06-15T10:00:00+02:00' })),
    text(payment('history-now', { acceptedAt: new Date().toISOString() })),
  ];
  expect(await send(Buffer.from(lines.join('\n')))).toMatchObject({ accepted: 2, refused: 0 });
});

test('ten megabytes in one line are skipped, quarantined by their head, and the neighbours are stored', { timeout: 120_000 }, async () => {
  const receipt = await between(`{"id":"${'x'.repeat(10_000_000)}"}`, 'ten-megabytes');
  expect(receipt).toMatchObject({ accepted: 2, refused: 1, refusals: [{ line: 2, reason: 'line-too-long' }] });
  const { rows } = await running.pool.query(
    "select octet_length(body) as kept, body_length, line_no from quarantined_line where reason = 'line-too-long' order by body_length desc limit 1",
  );
  expect(rows[0]).toEqual({ kept: 4096, body_length: 10_000_009, line_no: 2 });
});

test('a quarantined line shows no whole account number, and one that names a secret is not kept at all', async () => {
  await between(text({ ...payment('masked'), amount: '0' }), 'masking');
  await between(text({ ...payment('secret'), pin: '135790', amount: '0' }), 'withholding');
  const { rows } = await running.pool.query<{ body: Buffer; reason: string }>(
    'select body, reason from quarantined_line order by id desc limit 2',
  );
  const [secret, masked] = rows.map(({ body }) => body.toString());
  expect(masked).toContain('****1182');
  expect(masked).not.toContain('6222021234561182');
  expect(secret).not.toContain('135790');
  expect(rows[0]?.reason).toBe('forbidden-field');
});

test('a receipt lists a thousand refusals, counts all, and every one is in quarantine', async () => {
  const receipt = await send(Buffer.from(Array.from({ length: 2_500 }, (_, i) => `{"many":${i}}`).join('\n')));
  expect(receipt).toMatchObject({ accepted: 0, refused: 2_500 });
  expect(receipt.refusals.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
  const { rows } = await running.pool.query("select count(*)::int as n from quarantined_line where field = 'many'");
  expect(rows[0].n).toBe(2_500);
});

test('random bytes for lines never crash the gateway, and every line is accounted for', { timeout: 120_000 }, async () => {
  const valid = Buffer.from(text(payment('fuzz')));
  const mutated = fc
    .tuple(fc.nat(valid.length - 1), fc.uint8Array({ maxLength: 12 }))
    .map(([at, bytes]) => Buffer.concat([valid.subarray(0, at), bytes, valid.subarray(at + bytes.length)]));
  const line = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    mutated,
    fc.json().map((json) => Buffer.from(json)),
  );
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 100, maxLength: 250 }), async (lines) => {
      const clean = lines
        .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13)))
        .filter((bytes) => bytes.length > 0);
      const receipt = await send(Buffer.concat(clean.flatMap((bytes) => [bytes, Buffer.from('\n')])));
      expect(receipt.accepted + receipt.duplicate + receipt.refused).toBe(clean.length);
      cases += clean.length;
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect(cases).toBeGreaterThan(5_000);
});

const naughty = path.resolve('..', 'shared', 'data', 'payloads', 'blns');

test.skipIf(!fs.existsSync(naughty))(
  'naughty strings as account numbers and ids are stored exactly or refused, never altered',
  async () => {
    const file = fs.readdirSync(naughty).find((name) => name.endsWith('.json')) as string;
    const strings = JSON.parse(fs.readFileSync(path.join(naughty, file), 'utf8')) as string[];
    const lines = strings.flatMap((string, i) => [
      text(payment(`naughty-${i}`, { payer: { institution: 'BANK-A', account: string } })),
      text(payment(string, { sessionNo: `naughty-${i}` })),
    ]);
    const receipt = await send(Buffer.from(lines.join('\n')));
    expect(receipt.accepted + receipt.duplicate + receipt.refused).toBe(lines.length);
    expect(receipt.accepted).toBeGreaterThan(100);
    const { rows } = await running.pool.query<{ transaction_id: string }>(
      "select transaction_id from clearing_transaction where session_no like 'naughty-%'",
    );
    for (const row of rows) expect(strings).toContain(row.transaction_id);
  },
);

test('no digest beside a masked line lets its account number be guessed; the receipt still tells both of a conflict', async () => {
  const line = payment('guess');
  await send(Buffer.from(text(line)));
  const receipt = await send(Buffer.from(text({ ...line, amount: '7.00' })));
  expect(receipt.refusals[0]).toMatchObject({ reason: 'conflict' });
  expect(receipt.refusals[0]?.detail.match(/[0-9a-f]{64}/g)).toHaveLength(2);
  await send(Buffer.from(text({ ...payment('guess-other'), amount: '0' })));

  const { rows } = await running.pool.query(
    `select body, detail, body_digest
       from quarantined_line
      where position('guess' in encode(body, 'escape')) > 0`,
  );
  expect(rows).toHaveLength(2);
  for (const { body, detail, body_digest } of rows) {
    expect(body_digest).toEqual(createHash('sha256').update(body).digest());
    expect(detail).not.toMatch(/[0-9a-f]{64}/);
  }
});

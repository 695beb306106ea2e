import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccountKeys } from '@/server/identity';
import { EXAMPLES } from '../http/examples';
import { BinaryRows } from './binary-rows';
import type { Institution, InstitutionRegister } from './institution-register';
import { BatchAccounts, KnownAccounts } from './known-accounts';
import { parseLine } from './parse-line';
import { quickTransaction } from './quick-transaction';
import { isRefusal, type Refusal } from './refusal';
import { writeTransaction } from './transaction-rows';
import { transactions } from './transactions';

const NOW_MS = Date.parse('2026-11-24T00:00:00Z');
const WHOLE = {
  id: 'T-1',
  endToEndId: 'E2E/1',
  uetr: '3d2c1f5e-6A7b-4c8d-9e0f-1a2b3c4d5e6f',
  sessionNo: '20261123-03',
  businessType: 'barcode',
  route: 'cleared',
  channel: 'app',
  status: 'succeeded',
  systemCode: 'S000',
  businessCode: 'B000',
  payer: { institution: 'BANK-A', account: '6222021234561182' },
  intermediary: 'PAY-A',
  payee: { institution: 'BANK-B', account: 'DE00 1234 5678' },
  amountMinor: '12850',
  currency: 'CNY',
  initiatedAt: '2026-11-23T09:46:51.9+08:00',
  acceptedAt: '2026-11-23T09:46:52.004+08:00',
  respondedAt: '2026-11-23T01:46:52.104123Z',
  finalAt: '2026-11-23T17:00:00+08:00',
  agreementNo: 'A-1',
  merchantId: 'M-1',
  terminalId: 'T-1',
  merchantCategory: '5411',
  barcodeTier: 'C',
  originalId: 'T-0',
};
const BASES: readonly object[] = [WHOLE, { ...WHOLE, amountMinor: undefined, amount: '128.50' }, ...EXAMPLES.transactions];

const KINDS = { 'BANK-A': 'bank', 'BANK-B': 'bank', 'BANK-C': 'bank', 'PAY-A': 'payment', CLEAR: 'clearing' } as const;
const institutions = new Map(
  Object.entries(KINDS).map(([code, kind], i): [string, Institution] => [code, { id: i + 1, code, kind, status: 'live' }]),
);
const register = { institution: (code: string) => institutions.get(code) } as unknown as InstitutionRegister;
const known = new KnownAccounts(new AccountKeys(Buffer.alloc(32, 7).toString('base64')));

function batchOf(code: string) {
  return { id: '4294967297', accounts: new BatchAccounts(known, undefined as never), sender: institutions.get(code) as Institution };
}

function atOnce(bytes: Buffer, code: string) {
  const rows = new BinaryRows(16);
  const row = quickTransaction(rows, 7, bytes, { batch: batchOf(code), register, nowMs: NOW_MS });
  return row && { ...row, stored: rows.bytes.subarray(0, rows.at).toString('latin1') };
}

function stepByStep(bytes: Buffer, code: string): ReturnType<typeof atOnce> | Refusal {
  const batch = batchOf(code);
  const json = parseLine(bytes);
  if (isRefusal(json)) return json;
  const checked = transactions.check(json, NOW_MS);
  if (isRefusal(checked)) return checked;
  const item = transactions.resolve(checked, register, batch.sender);
  if (isRefusal(item)) return item;
  const rows = new BinaryRows(16);
  const accounts = writeTransaction(batch, rows, 7, item);
  return { acceptedMicros: item.acceptedMicros, accounts, stored: rows.bytes.subarray(0, rows.at).toString('latin1') };
}

/** Whatever the quick way takes, the steps take as well, and to the very same row. */
function expectTheSame(bytes: Buffer, code = 'CLEAR'): boolean {
  const quick = atOnce(bytes, code);
  if (quick) expect(quick, bytes.toString()).toEqual(stepByStep(bytes, code));
  return quick !== undefined;
}

describe('a payment’s line that is read at once', () => {
  test.each(BASES.map((base) => [JSON.stringify(base)]))('comes to the row that the steps come to: %s', (line) => {
    expect(expectTheSame(Buffer.from(line))).toBe(true);
    expect(expectTheSame(Buffer.from(line.replaceAll(',"', ' , "').replaceAll('":', '" : ').concat(' ')))).toBe(true);
  });

  test('is taken only where the steps take it, whatever a field holds and whoever sends it', () => {
    const values = [
      ...[
        '',
        ' ',
        'a',
        'a b',
        ' a',
        'a ',
        'é',
        '账号',
        '\u0000',
        '\ud800',
        '\n',
        '"',
        '\\',
        'A',
        'E',
        'CNY',
        'JPY',
        'KWD',
        'XXX',
        'cny',
        '.a',
        '-a',
      ],
      ...[
        'x'.repeat(16),
        'x'.repeat(17),
        'x'.repeat(40),
        'x'.repeat(41),
        'x'.repeat(64),
        'x'.repeat(65),
        '0',
        '00',
        '0012',
        '-1',
        '1.',
        '.5',
        '1.5',
      ],
      ...[
        '1.50',
        '1.505',
        '1.500',
        '01.5',
        '999999999999999',
        '9999999999999999',
        '9223372036854775807',
        '9223372036854775808',
        '9999999999999.99',
      ],
      ...[
        '99999999999999.99',
        '1e3',
        '+1',
        '12345',
        '0123',
        'direct',
        'unknown',
        'received',
        'BANK-A',
        'BANK-B',
        'BANK-C',
        'PAY-A',
        'CLEAR',
        'NOBODY',
      ],
      ...['2026-11-23T09:46:52Z', '2026-11-23T09:46:52.1+08:00', '2026-11-23T09:46:52.123456-14:00', '2026-11-23T09:46:52.123456-14:59'],
      ...[
        '2026-11-23T09:46:52.1234567Z',
        '2026-11-23T09:46:52+15:00',
        '2026-11-23T24:00:00Z',
        '2026-11-23T23:59:60Z',
        '2026-11-23T09:60:00Z',
      ],
      ...[
        '2026-11-23T09:46Z',
        '2026-11-23 09:46:52Z',
        '2026-11-23T09:46:52',
        '2026-11-23T09:46:52.Z',
        '2026-02-29T00:00:00Z',
        '2024-02-29T00:00:00Z',
      ],
      ...['1900-02-29T00:00:00Z', '2026-11-31T00:00:00Z', '2026-13-01T00:00:00Z', '1969-12-31T23:59:59.999999Z', '1970-01-01T00:00:00Z'],
      ...[
        '1970-01-01T00:00:00+08:00',
        '2000-01-01T00:00:00Z',
        '1999-12-31T23:59:59.999999Z',
        '2026-11-24T00:05:00Z',
        '2026-11-24T00:05:00.001Z',
      ],
      ...['2026-11-24T08:04:59.999999+08:00', '0000-01-01T00:00:00Z', '2026-11-23T09:46:52+08:60', '2026-11-23T09:46:52-00:00'],
      ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '3d2c1f5e-6a7b-9c8d-9e0f-1a2b3c4d5e6f'],
      ...['3d2c1f5e-6a7b-4c8d-ce0f-1a2b3c4d5e6f', '3d2c1f5e-6a7b-4c8d-9e0f-1a2b3c4d5e6', '3d2c1f5e6a7b4c8d9e0f1a2b3c4d5e6f'],
      ...[
        null,
        true,
        0,
        12850,
        [],
        {},
        { institution: 'BANK-A' },
        { institution: 'BANK-C', account: '1' },
        { account: '1', institution: 'BANK-B' },
      ],
    ];
    const names = [...Object.keys(WHOLE), 'amount', 'surplus', 'pin', '__proto__'];
    let taken = 0;
    for (const base of BASES)
      for (const name of names)
        for (const value of values)
          for (const sender of ['CLEAR', 'BANK-A'])
            if (expectTheSame(Buffer.from(JSON.stringify({ ...base, [name]: value })), sender)) taken++;
    expect(taken).toBeGreaterThan(1_000);
  });

  test('is taken only where the steps take it, however its bytes are changed', () => {
    const change = fc.record({
      at: fc.nat(),
      drop: fc.integer({ min: 0, max: 3 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc.constantFrom(...[' ', '"', ',', '{}', '"a":"b",', '\\', '\t', '0', '9', '-', '.', 'Z'].map((text) => Buffer.from(text))),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...BASES),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('CLEAR', 'PAY-A'),
        (base, changes, sender) => {
          let bytes = Buffer.from(JSON.stringify(base));
          for (const { at, drop, put } of changes) {
            const from = at % (bytes.length + 1);
            bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)]);
          }
          expectTheSame(bytes, sender);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('is left to the steps where a field is given twice', () => {
    const line = JSON.stringify(WHOLE);
    expect(atOnce(Buffer.from(line.replace('{', '{"id":"T-1",')), 'CLEAR')).toBeUndefined();
    expect(
      atOnce(Buffer.from(line.replace('"payee":', '"payer":{"institution":"BANK-A","account":"1"},"payee":')), 'CLEAR'),
    ).toBeUndefined();
  });
});

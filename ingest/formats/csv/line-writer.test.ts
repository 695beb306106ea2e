import { expect, it } from 'vitest';
import { lineWriter, type WrittenLine } from './line-writer';
import { timeReader } from './local-time';
import { CANONICAL_MAPPING, parseMapping } from './mapping';

const HEADER = 'tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status,label,typology,pattern_id'.split(',');

function written(mapping: Parameters<typeof lineWriter>[0], header: readonly string[], row: readonly string[]): WrittenLine {
  const write = lineWriter(mapping, header);
  if (typeof write === 'string') throw new Error(write);
  const line = write(row);
  if ('fault' in line) throw new Error(line.fault);
  return line;
}

it('a canonical row becomes a line of the feed, without the labels', () => {
  const row = 't-1,2024-01-02T00:00:00,B27,360,B03,18984,103.55,USD,TRANSFER,SETTLED,1,fan_in,7'.split(',');
  expect(JSON.parse(written(CANONICAL_MAPPING, HEADER, row).text)).toEqual({
    id: 't-1',
    businessType: 'transfer',
    route: 'cleared',
    channel: 'TRANSFER',
    status: 'succeeded',
    amount: '103.55',
    currency: 'USD',
    acceptedAt: '2024-01-02T00:00:00+08:00',
    payer: { institution: 'B27', account: '360' },
    payee: { institution: 'B03', account: '18984' },
  });
});

it('what cannot be read is handed on as it is, for the gateway to refuse with its reason', () => {
  const row = 't-1,yesterday,B27,360,B03,18984,1e3,usd,TRANSFER,WHO KNOWS,0,,'.split(',');
  const line = JSON.parse(written(CANONICAL_MAPPING, HEADER, row).text);
  expect(line).toMatchObject({ acceptedAt: 'yesterday', amount: '1e3', currency: 'usd', status: 'who knows' });
});

it('a row of another width than the header is a fault of that row', () => {
  const write = lineWriter(CANONICAL_MAPPING, HEADER);
  if (typeof write === 'string') throw new Error(write);
  expect(write(['t-1', '2024-01-02'])).toEqual({ fault: 'the row has 2 cells, the header 13' });
});

it('any columns can be mapped: names, words, constants, minor units, time zone', () => {
  const parsed = parseMapping(
    JSON.stringify({
      delimiter: ';',
      timeZone: 'Europe/Prague',
      amountUnit: 'minor',
      columns: {
        id: 'Ref',
        acceptedAt: 'Booked',
        'payer.account': 'From',
        'payee.account': 'To',
        'payee.institution': 'Bank',
        amount: 'Halers',
        status: 'State',
      },
      constants: { 'payer.institution': 'HOME', route: 'direct', businessType: 'payout', currency: 'CZK' },
      values: { status: { OK: 'succeeded', '*': 'failed' } },
    }),
  );
  if (!parsed.ok) throw new Error(parsed.detail);
  const line = written(
    parsed.mapping,
    ['Booked', 'Ref', 'From', 'To', 'Bank', 'Halers', 'State'],
    ['1993-07-05 09:30', 'x1', 'a', 'b', 'EF', '12345', 'ok'],
  );
  expect(JSON.parse(line.text)).toEqual({
    id: 'x1',
    businessType: 'payout',
    route: 'direct',
    status: 'succeeded',
    amountMinor: '12345',
    currency: 'CZK',
    acceptedAt: '1993-07-05T09:30:00+02:00',
    payer: { institution: 'HOME', account: 'a' },
    payee: { institution: 'EF', account: 'b' },
  });
});

it('a mapping that cannot work says why before anything is sent', () => {
  expect(lineWriter(CANONICAL_MAPPING, ['tx_id', 'time'])).toMatch(/no column "payer_inst", "payer_acct"/);
  expect(lineWriter({ ...CANONICAL_MAPPING, timeZone: 'Middle/Earth' }, HEADER)).toMatch(/no time zone/);
  expect(lineWriter({ ...CANONICAL_MAPPING, columns: { id: 'tx_id' } }, HEADER)).toMatch(/says nothing of payer.institution/);
  expect(lineWriter(CANONICAL_MAPPING, [...HEADER, 'amount'])).toMatch(/two columns "amount"/);
  expect(parseMapping('{"columns": {"colour": "x"}}')).toMatchObject({ ok: false });
  expect(parseMapping('{')).toMatchObject({ ok: false });
});

it.each([
  ['2024-01-02T03:04:05', '2024-01-02T03:04:05+08:00'],
  ['2024-01-02 03:04', '2024-01-02T03:04:00+08:00'],
  ['2024/01/02', '2024-01-02T00:00:00+08:00'],
  ['20240102030405', '2024-01-02T03:04:05+08:00'],
  ['2024-01-02T03:04:05.123456Z', '2024-01-02T03:04:05.123456Z'],
  ['2024-01-02T03:04:05+0100', '2024-01-02T03:04:05+01:00'],
  ['2024-13-02', undefined],
  ['02.01.2024', undefined],
])('the time %s is read as %s', (text, read) => {
  expect(timeReader('+08:00')?.(text)).toBe(read);
});

it('summer and winter time follow the named zone', () => {
  const read = timeReader('Europe/Prague');
  expect(read?.('2024-03-31T01:59:59')).toBe('2024-03-31T01:59:59+01:00');
  expect(read?.('2024-03-31T03:00:00')).toBe('2024-03-31T03:00:00+02:00');
  expect(read?.('2024-10-27T03:00:00')).toBe('2024-10-27T03:00:00+01:00');
});

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { OutcomeLine, TransactionLine } from '@/ingest/feed/lines';
import type { ParsedMessage } from '../message-format';
import { iso20022 } from './format';

const given = path.resolve('..', 'shared', 'data', 'iso20022');
const options = { profile: undefined, receivedAt: new Date('2026-11-23T04:00:00Z'), sender: 'IMPORT' };

const parse = (file: string, profile?: string) =>
  iso20022.parse(fs.readFileSync(path.join(given, file)), { ...options, profile }) as ParsedMessage;
const files = (folder: string) => (fs.existsSync(given) ? fs.readdirSync(path.join(given, folder)).map((name) => `${folder}/${name}`) : []);

// What expected.csv says, in the words of this parser: which check finds it, and where.
const REFUSALS: Readonly<Record<string, { reason: string; field: string; says: RegExp }>> = {
  'invalid/TC-PCS-N01.xml': { reason: 'iso-schema', field: 'UETR', says: /value ''/ },
  'invalid/TC-PCS-N02.xml': { reason: 'iso-rule', field: 'InstgAgt', says: /no identification/ },
  'invalid/TC-PCS-N03.xml': { reason: 'iso-rule', field: 'InstdAgt', says: /no identification/ },
  'invalid/TC-PCS-N04.xml': { reason: 'iso-profile', field: 'SttlmMtd', says: /COVE/ },
  'invalid/TC-PCS-N05.xml': { reason: 'iso-profile', field: 'MsgDefIdr', says: /pacs\.008\.001\.09/ },
  'invalid/TC-PCS-N06.xml': { reason: 'iso-profile', field: 'BizSvc', says: /swift\.wrong\.01/ },
  'invalid/TC-PCS-N07.xml': { reason: 'iso-schema', field: 'ChrgBr', says: /XXXX/ },
  'invalid/TC-PCS-N08.xml': { reason: 'iso-schema', field: 'IntrBkSttlmAmt@Ccy', says: /X9X/ },
  'invalid/TC-PCS-N09.xml': { reason: 'iso-schema', field: 'UETR', says: /not-a-valid-uuid-string-01/ },
  'invalid/TC-PCS-N10.xml': { reason: 'iso-schema', field: 'UETR', says: /value ''/ },
};

describe.skipIf(!fs.existsSync(given))('the given ISO 20022 files (skipped where ../shared/data is absent)', () => {
  it.each(files('valid'))('%s is accepted, and its lines are lines of the feed', (file) => {
    const { refusals, lines } = parse(file);
    expect(refusals).toEqual([]);
    for (const line of lines) {
      const checked = (line.feed === 'transactions' ? TransactionLine : OutcomeLine).safeParse(line.value);
      expect(checked.error?.issues ?? []).toEqual([]);
      expect(line.raw).toContain('<');
    }
  });

  it.each(files('valid').filter((file) => file.includes('TC-PCS')))('%s is accepted under the cbpr+ profile too', (file) => {
    expect(parse(file, 'cbpr+').refusals).toEqual([]);
  });

  it('every file that expected.csv lists has its reason here', () => {
    const listed = fs.readFileSync(path.join(given, 'expected.csv'), 'utf8').trim().split('\n').slice(1);
    expect(listed.map((line) => line.split(',')[0]).sort()).toEqual(Object.keys(REFUSALS).sort());
    for (const line of listed) {
      const [file = '', layer = ''] = line.split(',');
      expect(`${file}: ${layer.startsWith('profile')}`).toBe(`${file}: ${REFUSALS[file]?.reason === 'iso-profile'}`);
    }
  });

  it.each(Object.keys(REFUSALS))('%s is refused for the reason in expected.csv', (file) => {
    const expected = REFUSALS[file] as (typeof REFUSALS)[string];
    const { refusals, lines } = parse(file, 'cbpr-plus');
    expect(lines).toEqual([]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ lineNo: 0, reason: expected.reason, field: expected.field });
    expect(refusals[0]?.detail).toMatch(expected.says);
  });

  it.each(Object.keys(REFUSALS))('%s is refused without a profile only where the fault is no profile fault', (file) => {
    expect(parse(file).refusals.length).toBe(REFUSALS[file]?.reason === 'iso-profile' ? 0 : 1);
  });

  it('a version without a bundled schema is accepted with a warning that names the version it was held to', () => {
    const { messageType, warnings, lines } = parse('valid/samplemsg.002.001.08-SplmtryData_no_prefix.xml');
    expect(messageType).toBe('pacs.002.001.08');
    expect(warnings?.[0]).toMatch(/pacs\.002\.001\.08 is not bundled: checked against pacs\.002\.001\.10/);
    expect(lines[0]).toMatchObject({
      feed: 'outcomes',
      value: { transactionId: '20201007APPTMYKL220ORB27908464', kind: 'resolved', systemCode: 'ACSP', businessCode: 'U000' },
    });
  });
});

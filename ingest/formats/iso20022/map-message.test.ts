import { describe, expect, it } from 'vitest';
import type { ParsedMessage } from '../message-format';
import * as examples from './example-messages';
import { notification } from './example-statements';
import { iso20022 } from './format';

const options = { profile: undefined, receivedAt: new Date('2026-11-23T04:00:00Z'), sender: 'CLEAR' };

const parse = (xml: string) => iso20022.parse(Buffer.from(xml), options) as ParsedMessage;
const values = (xml: string) => {
  const { lines, refusals } = parse(xml);
  expect(refusals).toEqual([]);
  return lines.map(({ feed, value }) => ({ feed, value }));
};

describe('pacs.008', () => {
  it('a payment becomes a transaction that is received, not yet succeeded', () => {
    expect(values(examples.creditTransfer([{}]))).toEqual([
      {
        feed: 'transactions',
        value: {
          id: examples.UETR,
          endToEndId: 'E2E-1',
          uetr: examples.UETR,
          sessionNo: 'HLQS-2026-11-20',
          businessType: 'transfer',
          route: 'cleared',
          channel: 'pacs.008',
          status: 'received',
          payer: { institution: 'HWABCNBJ', account: '6222020000001111' },
          payee: { institution: 'HWBBCNSH', account: '6222020000002222' },
          amount: '1500.25',
          currency: 'CNY',
          acceptedAt: '2026-11-20T02:00:00.000Z',
        },
      },
    ]);
  });

  it('the time at which the creditor was credited makes it succeeded and final', () => {
    const [line] = values(
      examples.creditTransfer([{ head: '<SttlmTmIndctn><CdtDtTm>2026-11-20T10:00:03+08:00</CdtDtTm></SttlmTmIndctn>' }]),
    );
    expect(line?.value).toMatchObject({ status: 'succeeded', finalAt: '2026-11-20T02:00:03.000Z' });
  });

  it('a 12-digit bank code goes before a BIC, and a LEI stands where there is neither', () => {
    const member =
      '<DbtrAgt><FinInstnId><BICFI>HWABCNBJ</BICFI><ClrSysMmbId><MmbId>102100099996</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>';
    const lei = '<DbtrAgt><FinInstnId><LEI>5493001KJTIIGC8Y1R12</LEI></FinInstnId></DbtrAgt>';
    const lines = values(examples.creditTransfer([{ debtorAgent: member }, { debtorAgent: lei }]));
    expect(lines.map(({ value }) => 'payer' in value && value.payer.institution)).toEqual(['102100099996', '5493001KJTIIGC8Y1R12']);
  });

  it('without an account the identified party stands in for it, then a digest of its name', () => {
    const debtorAccount = ' ';
    const lines = values(
      examples.creditTransfer([
        { debtorAccount, debtor: '<Nm>Jia</Nm><Id><OrgId><LEI>5493001KJTIIGC8Y1R12</LEI></OrgId></Id>' },
        { debtorAccount, debtor: '<Nm>Jia  Trading</Nm>' },
        { debtorAccount, debtor: '<Nm>JIA TRADING</Nm>' },
      ]),
    );
    const accounts = lines.map(({ value }) => 'payer' in value && value.payer.account);
    expect(accounts[0]).toBe('party:5493001KJTIIGC8Y1R12');
    expect(accounts[1]).toMatch(/^name:[0-9a-f]{24}$/);
    expect(accounts[2]).toBe(accounts[1]);
  });

  it('with neither account nor party, that payment is refused and its neighbours are not', () => {
    const { lines, refusals } = parse(examples.creditTransfer([{}, { debtorAccount: ' ', debtor: ' ' }, {}]));
    expect(lines.map(({ lineNo }) => lineNo)).toEqual([1, 3]);
    expect(refusals).toMatchObject([{ lineNo: 2, reason: 'account-missing', field: 'DbtrAcct' }]);
    expect(refusals[0]?.raw).toContain('<CdtTrfTxInf');
  });

  it.each([
    ['NbOfTxs', examples.creditTransfer([{}]).replace('<NbOfTxs>1', '<NbOfTxs>2')],
    ['CtrlSum', examples.creditTransfer([{}, {}], '<CtrlSum>3000.51</CtrlSum>')],
    ['TtlIntrBkSttlmAmt', examples.creditTransfer([{}], '<TtlIntrBkSttlmAmt Ccy="CNY">1500.24</TtlIntrBkSttlmAmt>')],
    ['TtlIntrBkSttlmAmt', examples.creditTransfer([{}], '<TtlIntrBkSttlmAmt Ccy="USD">1500.25</TtlIntrBkSttlmAmt>')],
  ])('a wrong %s refuses the whole message', (field, xml) => {
    const { lines, refusals } = parse(xml);
    expect(lines).toEqual([]);
    expect(refusals).toMatchObject([{ lineNo: 0, reason: 'iso-rule', field }]);
  });

  it('right control sums are accepted, whatever zeros they end in', () => {
    const group = '<CtrlSum>3000.5</CtrlSum><TtlIntrBkSttlmAmt Ccy="CNY">3000.500</TtlIntrBkSttlmAmt>';
    expect(values(examples.creditTransfer([{}, {}], group))).toHaveLength(2);
  });

  it('an id that is no visible ASCII is written so that different ids stay different', () => {
    const lines = values(
      examples.creditTransfer([{ ids: '<EndToEndId>支付 1</EndToEndId>' }, { ids: '<EndToEndId>%E6%94%AF</EndToEndId>' }]),
    );
    expect(lines.map(({ value }) => 'id' in value && value.id)).toEqual(['%E6%94%AF%E4%BB%98%201', '%25E6%2594%25AF']);
  });

  it('an end-to-end id that says NOTPROVIDED identifies nothing', () => {
    const { refusals } = parse(examples.creditTransfer([{ ids: '<EndToEndId>NOTPROVIDED</EndToEndId>' }]));
    expect(refusals).toMatchObject([{ lineNo: 1, reason: 'identifier-missing' }]);
  });
});

describe('pacs.002', () => {
  it.each([
    ['ACSC', '', 'succeeded'],
    ['ACCC', '', 'succeeded'],
    ['ACSP', '', undefined],
    ['PDNG', '', undefined],
    ['RJCT', 'AM04', 'declined'],
    ['RJCT', 'AB05', 'failed'],
    ['RJCT', '', 'declined'],
  ])('%s %s leaves the payment %s', (code, reason, status) => {
    const [line] = values(examples.statusReport(code, reason));
    expect(line).toMatchObject({ feed: 'outcomes', value: { transactionId: examples.UETR, messageId: 'S-1/1', systemCode: code } });
    expect(line?.value.status).toBe(status);
  });
});

describe('pacs.004', () => {
  it('a return is an outcome of the original, and a refund the other way that is linked to it', () => {
    const lines = values(examples.paymentReturn(true));
    expect(lines).toMatchObject([
      { feed: 'outcomes', value: { kind: 'returned', transactionId: examples.UETR, businessCode: 'AC04' } },
      {
        feed: 'transactions',
        value: {
          id: 'RTR-1',
          businessType: 'refund',
          originalId: examples.UETR,
          payer: { institution: 'HWBBCNSH' },
          payee: { institution: 'HWABCNBJ' },
          amount: '1500.25',
        },
      },
    ]);
  });

  it('a return that does not say between whom still tells of the original', () => {
    const { lines, refusals } = parse(examples.paymentReturn(false));
    expect(lines).toMatchObject([{ feed: 'outcomes', value: { kind: 'returned' } }]);
    expect(refusals).toMatchObject([{ lineNo: 1, reason: 'return-parties-missing' }]);
  });
});

it('camt.056 asks for a payment back and camt.029 answers', () => {
  expect(values(examples.recallRequest())).toMatchObject([
    { feed: 'outcomes', value: { kind: 'recall-asked', messageId: 'C-1/1', transactionId: examples.UETR, businessCode: 'FRAD' } },
  ]);
  expect(values(examples.recallAnswer())).toMatchObject([
    { feed: 'outcomes', value: { kind: 'recall-answered', systemCode: 'RJCR', businessCode: 'CUST' } },
  ]);
});

describe('camt.054', () => {
  it.each(['true', '1'])('an entry whose reversal indicator says %s is a reversal', (said) => {
    const entry = { owner: 'BANK-A', amount: '5.00', credit: true, reference: 'AG-1', reversal: true };
    const xml = notification([entry]).replace('<RvslInd>true<', `<RvslInd>${said}<`);
    expect(values(xml)).toMatchObject([{ feed: 'settlements', value: { reversal: true } }]);
  });
});

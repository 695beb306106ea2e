import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedSender } from '../feed/sender';
import { type ExampleEntry, notification, statement } from '../formats/iso20022/example-statements';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
let agent: FeedSender;
let sent = 0;

beforeAll(async () => {
  running = await runningGateway();
  await running.pool.query(
    `insert into settlement_session (no, business_day, ordinal, opens_at, cut_off_at)
     values ('20261123-05', '2026-11-23', 5, '2026-11-23T00:00:00Z', '2026-11-23T02:00:00Z')`,
  );
  agent = await running.sender('CLEAR');
});
afterAll(() => running.end());

const pays: ExampleEntry = { owner: 'BANK-A', amount: '1200.50', credit: false, reference: 'AG-1' };
const gets: ExampleEntry = { owner: 'HWBBCNSH', amount: '1200.50', credit: true, reference: 'AG-2' };

async function send(xml: string, from = agent) {
  const outcome = await from.sendMessage(Buffer.from(xml), { batchId: `s-${++sent}` });
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
}

async function entries() {
  const { rows } = await running.pool.query(
    `select i.code, e.session_no as session, e.net_minor::int as net, e.currency, e.status, e.reference, e.booked_at as at, e.value_date::text as day
     from settlement_entry e join institution i on i.id = e.institution_id order by e.reference, e.status`,
  );
  return rows;
}

describe("a settlement agent's statements", () => {
  test('become bookings of the session and participant that they name, signed by direction', async () => {
    expect(await send(statement([pays, gets]))).toMatchObject({ accepted: 2, refused: 0, duplicate: 0 });
    expect(await entries()).toEqual([
      {
        code: 'BANK-A',
        session: '20261123-05',
        net: -120050,
        currency: 'CNY',
        status: 'booked',
        reference: 'AG-1',
        at: new Date('2026-11-23T02:05:00Z'),
        day: '2026-11-23',
      },
      {
        code: 'BANK-B',
        session: '20261123-05',
        net: 120050,
        currency: 'CNY',
        status: 'booked',
        reference: 'AG-2',
        at: new Date('2026-11-23T02:05:00Z'),
        day: '2026-11-23',
      },
    ]);
  });

  test('say the same booking once, in however many messages, and not otherwise', async () => {
    expect(await send(notification([pays, gets]))).toMatchObject({ accepted: 0, duplicate: 2, refused: 0 });
    const changed = await send(notification([{ ...pays, amount: '1200.51' }]));
    expect(changed).toMatchObject({ accepted: 0, refused: 1, refusals: [{ reason: 'conflict' }] });
    expect(await send(notification([{ ...pays, reference: 'AG-3', status: 'PDNG' }]))).toMatchObject({ accepted: 1 });
    expect(await send(notification([{ ...pays, reference: 'AG-3' }]))).toMatchObject({ accepted: 1 });
    expect((await entries()).filter(({ reference }) => reference === 'AG-3').map(({ status }) => status)).toEqual(['booked', 'pending']);
  });

  test.each([
    ['another session than there is', statement([{ ...pays, reference: 'X1', session: '20261123-06' }]), 'session-unknown'],
    ['no session', statement([{ ...pays, reference: 'X2', session: 'NONE' }]), 'session-missing'],
    ['an unknown participant', statement([{ ...pays, reference: 'X3', owner: 'BANK-Z' }]), 'institution-unknown'],
    ['an amount of more decimals than the currency has', notification([{ ...pays, reference: 'X4', amount: '1.005' }]), 'amount-scale'],
    ['a balance that its entries do not come to', statement([{ ...pays, reference: 'X5' }], { closing: '7.00' }), 'iso-rule'],
    ['what is no statement', statement([{ ...pays, reference: 'X6' }]).replace('<Stmt>', '<Stmt><Nonsense/>'), 'iso-schema'],
  ])('with %s are refused, say why, and are kept in quarantine', async (_what, xml, reason) => {
    const before = (await entries()).length;
    const receipt = await send(xml);
    expect(receipt).toMatchObject({ accepted: 0, refused: 1, refusals: [{ reason }] });
    expect(await entries()).toHaveLength(before);
    const { rows } = await running.pool.query('select reason from quarantined_line order by id desc limit 1');
    expect(rows).toEqual([{ reason }]);
  });

  test('are only a clearing institution’s to send', async () => {
    const receipt = await send(statement([{ ...pays, reference: 'X7' }]), await running.sender('BANK-A'));
    expect(receipt).toMatchObject({ accepted: 0, refusals: [{ reason: 'not-a-party' }] });
  });

  test('leave out what is only announced for information', async () => {
    expect(await send(notification([{ ...pays, reference: 'X8', status: 'INFO' }]))).toMatchObject({ accepted: 0, refused: 0 });
  });
});

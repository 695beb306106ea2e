import { afterAll, beforeAll, expect, it } from 'vitest';
import { creditTransfer, paymentReturn, statusReport, UETR } from '../formats/iso20022/example-messages';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;

beforeAll(async () => {
  running = await runningGateway();
});
afterAll(async () => {
  await running.end();
});

async function send(institution: string, xml: string) {
  const sender = await running.sender(institution);
  const outcome = await sender.sendMessage(xml);
  if (outcome.kind !== 'receipt') throw new Error(`${outcome.kind}: ${outcome.detail}`);
  return outcome.receipt;
}
const numbered = (xml: string, n: number) =>
  xml.replaceAll(UETR, UETR.replace(/^.{8}/, String(n).padStart(8, '0'))).replaceAll('-1<', `-${n}<`);
const keyed = (n: number) => UETR.replace(/^.{8}/, String(n).padStart(8, '0'));
const payment = async (n: number) =>
  (await running.pool.query('select status, system_code from clearing_transaction where transaction_id = $1', [keyed(n)])).rows[0];
const waiting = async () => Number((await running.pool.query('select count(*) from awaited_outcome')).rows[0].count);

it('an answer that comes before its payment is accepted with a warning, and applied with the payment', async () => {
  const receipt = await send('CLEAR', numbered(statusReport('RJCT', 'AM04'), 1));
  expect(receipt).toMatchObject({ accepted: 1, refused: 0 });
  expect(receipt.warnings?.[0]).toContain(keyed(1));
  expect(await waiting()).toBe(1);

  expect(await send('CLEAR', numbered(creditTransfer([{}]), 1))).toMatchObject({ accepted: 1, refused: 0 });
  expect(await payment(1)).toEqual({ status: 'declined', system_code: 'RJCT' });
  expect(await waiting()).toBe(0);
});

it('in either order the payment ends in the same state, and so do its outcomes', async () => {
  await send('CLEAR', numbered(creditTransfer([{}]), 2));
  await send('CLEAR', numbered(statusReport('ACSC'), 2));
  await send('CLEAR', numbered(statusReport('ACSC'), 3));
  await send('CLEAR', numbered(creditTransfer([{}]), 3));
  expect(await payment(3)).toEqual(await payment(2));
  const { rows } = await running.pool.query(
    `select o.from_status, o.to_status, o.kind
       from transaction_outcome o
       join clearing_transaction t using (transaction_key)
      where t.transaction_id = any($1)`,
    [[keyed(2), keyed(3)]],
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(rows[1]);
});

it('the same answer sent again while it waits is a duplicate', async () => {
  const xml = numbered(statusReport('ACSC'), 4);
  expect(await send('CLEAR', xml)).toMatchObject({ accepted: 1, duplicate: 0 });
  expect(await send('CLEAR', `${xml}\n`)).toMatchObject({ accepted: 0, duplicate: 1 });
});

it('what somebody says of a payment that turns out not to be theirs changes nothing', async () => {
  await send('BANK-C', numbered(statusReport('RJCT', 'AM04'), 5));
  await send('CLEAR', numbered(creditTransfer([{}]), 5));
  expect(await payment(5)).toEqual({ status: 'received', system_code: null });
});

it('payments and answers sent at the same moment, by many, leave no answer waiting', async () => {
  const before = await waiting();
  const numbers = Array.from({ length: 24 }, (_, i) => 100 + i);
  const messages = numbers.flatMap((n) => [numbered(creditTransfer([{}]), n), numbered(statusReport('ACSC'), n)]);
  const receipts = await Promise.all(messages.map((xml, i) => send('CLEAR', xml).then((receipt) => ({ i, receipt }))));
  for (const { receipt } of receipts) expect(receipt).toMatchObject({ accepted: 1, refused: 0 });
  for (const n of numbers) expect(await payment(n)).toEqual({ status: 'succeeded', system_code: 'ACSC' });
  expect(await waiting()).toBe(before);
});

it('a return before its payment makes the refund at once, and marks the payment when it comes', async () => {
  expect(await send('CLEAR', numbered(paymentReturn(true), 6))).toMatchObject({ accepted: 2, refused: 0 });
  await send('CLEAR', numbered(creditTransfer([{}]), 6));
  const { rows } = await running.pool.query(
    `select o.kind
       from transaction_outcome o
       join clearing_transaction t using (transaction_key)
      where t.transaction_id = $1`,
    [keyed(6)],
  );
  expect(rows).toEqual([{ kind: 'returned' }]);
});

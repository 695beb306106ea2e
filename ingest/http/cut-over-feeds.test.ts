import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../feed/receipt';
import type { FeedSender } from '../feed/sender';
import { text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';
import { EXAMPLES } from './examples';

let running: RunningGateway;
let bank: FeedSender;
let institution: FeedSender;
let clearing: FeedSender;
beforeAll(async () => {
  running = await runningGateway();
  [bank, institution, clearing] = await Promise.all([running.sender('BANK-A'), running.sender('PAY-A'), running.sender('CLEAR')]);
});
afterAll(() => running.end());

async function send(feed: 'debits' | 'declarations', lines: readonly object[], sender: FeedSender): Promise<Receipt> {
  const outcome = await sender.send(feed, lines.map(text));
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
}
const reasons = ({ refusals }: Receipt) => refusals.map(({ reason, field }) => [reason, field]);

describe('debits', () => {
  const debit = (changes: object = {}) => ({ ...EXAMPLES.debits[0], ...changes });

  test('are a bank’s own word: neither the institution nor clearing may give it, and a serial counts once', async () => {
    expect(await send('debits', [debit(), debit()], bank)).toMatchObject({ accepted: 1, duplicate: 1, refused: 0 });
    expect(reasons(await send('debits', [debit({ amount: '128.51' })], bank))).toEqual([['conflict', null]]);
    expect(reasons(await send('debits', [debit({ serial: 'X' })], institution))).toEqual([['not-a-party', 'bank']]);
    expect(reasons(await send('debits', [debit({ serial: 'X' })], clearing))).toEqual([['not-a-party', 'bank']]);
    expect(reasons(await send('debits', [debit({ serial: 'X', institution: 'BANK-B' })], bank))).toEqual([['not-a-party', 'institution']]);
    const { rows } = await running.pool.query('select serial, transaction_id, amount_minor from bank_debit');
    expect(rows).toEqual([{ serial: 'A-D000918273', transaction_id: '2026112309465200000001', amount_minor: '12850' }]);
  });
});

describe('declarations', () => {
  const declaration = (changes: object = {}) => ({ ...EXAMPLES.declarations[0], ...changes });

  test('are taken of both sides, each for itself, and of nobody else', async () => {
    expect((await send('declarations', [declaration()], bank)).accepted).toBe(1);
    expect((await send('declarations', [declaration()], institution)).accepted).toBe(1);
    expect(reasons(await send('declarations', [declaration()], clearing))).toEqual([['not-a-party', 'bank']]);
    const { rows } = await running.pool.query('select side, day::text as day, cleared_minor from cut_over_declaration order by 1');
    expect(rows).toEqual([
      { side: 'bank', day: '2026-11-22', cleared_minor: '236104500' },
      { side: 'institution', day: '2026-11-22', cleared_minor: '236104500' },
    ]);
  });

  test('say a day that is over, and sums that fit their counts', async () => {
    const lines = [
      declaration({ messageId: 'a', day: '2026-11-23' }),
      declaration({ messageId: 'b', directMinor: '5' }),
      declaration({ messageId: 'c', clearedMinor: '18210' }),
      declaration({ messageId: 'd', clearedMinor: '9223372036854775808' }),
      declaration({ messageId: 'e', currency: 'XXQ' }),
    ];
    expect(reasons(await send('declarations', lines, bank))).toEqual([
      ['time-order', 'declaredAt'],
      ['field-syntax', 'directMinor'],
      ['field-syntax', 'clearedMinor'],
      ['amount-range', 'clearedMinor'],
      ['currency-unknown', 'currency'],
    ]);
  });
});

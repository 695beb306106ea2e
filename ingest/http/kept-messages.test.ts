import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Sealing } from '@/server/sealing';
import { creditTransfer } from '../formats/iso20022/example-messages';
import { sealOpenMessages } from '../pipeline/raw-messages';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

const accountKey = randomBytes(32).toString('base64');
const sealing = new Sealing(accountKey, 'message cipher');
let running: RunningGateway;

beforeAll(async () => {
  running = await runningGateway({ accountKey });
});
afterAll(async () => {
  await running.end();
});

it('a message is kept whole, and no account number that it names stands in the database', async () => {
  const xml = creditTransfer([{}]);
  const numbers = [...xml.matchAll(/Acct><Id>.*?<Id>([^<]+)<\/Id>/gs)].map((found) => found[1] as string);
  expect(numbers).toHaveLength(2);
  const outcome = await (await running.sender('CLEAR')).sendMessage(xml);
  expect(outcome).toMatchObject({ kind: 'receipt', receipt: { accepted: 1 } });

  const { rows } = await running.pool.query('select body_cipher from raw_message');
  expect(rows).toHaveLength(1);
  const kept = sealing.open(rows[0].body_cipher);
  for (const number of numbers) expect(kept).toContain(number);
  expect(await rowsThatName(numbers)).toEqual([]);
});

it('what an older version kept in the open is sealed, once', async () => {
  const body = '<Document>6222021234561182</Document>';
  await running.pool.query(
    `insert into raw_message (batch_id, line_no, transaction_key, content_type, body)
     select 7, n, gen_random_uuid(), 'application/xml', $1
       from generate_series(1, 450) as n`,
    [body],
  );
  const sealed = await Promise.all([sealOpenMessages(running.pool, sealing), sealOpenMessages(running.pool, sealing)]);
  expect(sealed[0] + sealed[1]).toBe(450);
  const { rows } = await running.pool.query('select body, body_cipher from raw_message where batch_id = 7');
  for (const row of rows) expect([row.body, sealing.open(row.body_cipher)]).toEqual([null, body]);
});

/** Tables with a row whose text holds one of the numbers. */
async function rowsThatName(numbers: readonly string[]): Promise<readonly string[]> {
  const { rows: tables } = await running.pool.query<{ name: string }>(
    `select relname as name
       from pg_class
      where relnamespace = 'public'::regnamespace
        and relkind = 'r'`,
  );
  expect(tables.map(({ name }) => name)).toContain('raw_message');
  const naming: string[] = [];
  for (const { name } of tables) {
    const { rows } = await running.pool.query(
      `select 1 from "${name}" as one where exists (select 1 from unnest($1::text[]) as n where one::text like '%' || n || '%') limit 1`,
      [numbers],
    );
    if (rows.length > 0) naming.push(name);
  }
  return naming;
}

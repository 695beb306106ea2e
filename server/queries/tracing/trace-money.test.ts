import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LedgerPayment, ledgerOf } from '@/domain/tracing/ledger';
import { moneyTrace } from '@/domain/tracing/money-trace';
import { TraceQuestion, type TraceStart } from '@/domain/tracing/trace-question';
import { database } from '@/server/database';
import { Forbidden, NotFound } from '@/server/errors';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import type { Actor } from '@/server/session';
import { type MadeTransaction, makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { crowdedAccounts } from './crowded-accounts';
import { traceMoney } from './trace-money';

const T = Date.parse('2026-11-20T02:00:00Z');
const UNTIL = T + 86_400_000;
const OUTSIDE = 5;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let keys: AccountKeys;
let made: MadeTransaction[];
const regulator = testActor();

/** Sixty payments among fifteen accounts of five institutions, several at equal times; the last institution is outside. */
function somePayments(): MadeTransaction[] {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: 90 }, (_, i) => {
    const [payer, payee] = [1 + random(OUTSIDE), 1 + random(OUTSIDE)];
    const number = () => `62170000000${10_000 + random(3)}`;
    return {
      id: `P-${i}`,
      at: new Date(T + Math.floor(i / 2) * 60_000).toISOString(),
      payer,
      payee,
      from: number(),
      to: number(),
      minor: 1 + random(5_000),
      status: random(12) === 0 ? 'declined' : 'succeeded',
      currency: random(9) === 0 ? 'USD' : 'CNY',
    };
  });
}

beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  keys = new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY);
  await makeInstitutions(home.pool, OUTSIDE);
  await home.pool.query(`update institution set kind = 'external' where id = $1`, [OUTSIDE]);
  made = somePayments();
  await makeTransactions(home.pool, keys, made);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

/** The same payments as a ledger of their own, with nothing left out. */
function wholeLedger() {
  const account = (institution: number, number: string | undefined) => keys.idOf(institution, number as string);
  const institutionOf = new Map<string, number>();
  const payments = made.flatMap((one, sequence): LedgerPayment[] => {
    const [payer, payee] = [account(one.payer, one.from), account(one.payee, one.to)];
    institutionOf.set(payer, one.payer).set(payee, one.payee);
    if (one.status !== 'succeeded') return [];
    const amountMinor = BigInt(one.minor);
    const id = transactionKeyOf(one.id) as string;
    return [
      { id, atMs: Date.parse(one.at), sequence, payer, payee, amountMinor, currency: one.currency ?? 'CNY', businessType: 'agreement' },
    ];
  });
  return ledgerOf(payments, 'CNY', {
    institutionOf: (name) => `T${String(institutionOf.get(name)).padStart(4, '0')}`,
    outside: (name) => institutionOf.get(name) === OUTSIDE,
    pooled: () => false,
  });
}
const ask = (from: TraceStart[], more: Partial<TraceQuestion> = {}) =>
  TraceQuestion.parse({ currency: 'CNY', from, hops: 12, untilMs: UNTIL, ...more });
const transaction = (id: string): TraceStart => ({ kind: 'transaction', transaction: transactionKeyOf(id) });
const said = ({ replayed, ...answer }: Awaited<ReturnType<typeof traceMoney>>) => answer;

describe('stored payments are traced hop by hop', () => {
  test('the answer is that of the whole ledger, though only the books of reached accounts are read', async () => {
    const ledger = wholeLedger();
    const some = ledger.payments.filter((_, i) => i % 7 === 0);
    let edges = 0;
    for (const direction of ['forward', 'backward'] as const)
      for (const { id, payer, atMs } of some)
        for (const start of [
          { kind: 'transaction', transaction: id },
          { kind: 'account', account: payer, atMs: atMs + 1, amountMinor: null },
        ] satisfies TraceStart[]) {
          for (const hops of [2, 12]) {
            const question = ask([start], { direction, hops });
            const answer = said(await traceMoney(regulator, question));
            expect(answer).toEqual(said(moneyTrace(ledger, question)));
            edges += answer.edges.length;
          }
        }
    expect(edges).toBeGreaterThan(100);
  });

  test('hubs are skipped and said, and followed where they are overridden', async () => {
    const ledger = wholeLedger();
    const start = ledger.payments.find((one) => !ledger.outside(one.payee) && !ledger.outside(one.payer)) as LedgerPayment;
    const question = ask([{ kind: 'transaction', transaction: start.id }], { hubDegree: 1 });
    const answer = await traceMoney(regulator, question);
    expect(answer.pruned.map(({ account, reason }) => [account, reason])).toEqual([[start.payee, 'hub']]);
    const through = await traceMoney(regulator, { ...question, overriddenHubs: [start.payee] });
    expect(through.edges.length).toBeGreaterThan(answer.edges.length);
  });

  test('a transaction may be named by its own id; one that is not there, or did not succeed, is not found', async () => {
    const known = made.find(({ status, currency }) => status === 'succeeded' && currency === 'CNY') as MadeTransaction;
    const byId = await traceMoney(regulator, ask([{ kind: 'transaction', transaction: known.id }]));
    expect(said(byId)).toEqual(said(await traceMoney(regulator, ask([transaction(known.id)]))));
    const declined = made.find(({ status }) => status === 'declined') as MadeTransaction;
    for (const id of ['P-nobody', declined.id]) await expect(traceMoney(regulator, ask([transaction(id)]))).rejects.toThrow(NotFound);
  });

  test("an institution's own people follow their institution's payments and find no others", async () => {
    const ours = testActor({ institutionId: 1 });
    const own = made.find(({ status, currency, payer }) => status === 'succeeded' && currency === 'CNY' && payer === 1) as MadeTransaction;
    const { edges } = await traceMoney(ours, ask([transaction(own.id)]));
    const visible = new Set(made.filter(({ payer, payee }) => payer === 1 || payee === 1).map(({ id }) => transactionKeyOf(id) as string));
    expect(edges.filter((edge) => !visible.has(edge.transaction))).toEqual([]);
    const foreign = made.find(
      ({ status, currency, payer, payee }) => status === 'succeeded' && currency === 'CNY' && payer !== 1 && payee !== 1,
    ) as MadeTransaction;
    await expect(traceMoney(ours, ask([transaction(foreign.id)]))).rejects.toThrow(NotFound);
    await expect(traceMoney({ ...regulator, role: 'admin' } as Actor, ask([transaction(own.id)]))).rejects.toThrow(Forbidden);
  });
});

test('how crowded an account is, is counted from the payments that the viewer may see', async () => {
  const own = made.filter(
    ({ payer, payee, status, currency }) => status === 'succeeded' && currency === 'CNY' && payer !== 1 && payee !== 1,
  );
  const accounts = [...new Set(own.map(({ payer, from }) => keys.idOf(payer, from as string)))];
  const asked = (viewerInstitutionId: number | null) =>
    crowdedAccounts(database(), accounts, { currency: 'CNY', fromMs: T, untilMs: UNTIL, viewerInstitutionId }, 0);
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
  const seen = await asked(1);
  expect(sum(seen)).toBeLessThan(sum(await asked(null)));
  expect(sum(await asked(9))).toBe(0);
});

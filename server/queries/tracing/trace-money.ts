import 'server-only';
import * as z from 'zod';
import { allows } from '@/domain/permissions';
import { DAY_MS } from '@/domain/time-range';
import { type Ledger, ledgerOf } from '@/domain/tracing/ledger';
import { moneyTrace } from '@/domain/tracing/money-trace';
import type { TraceAnswer } from '@/domain/tracing/trace-answer';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import { database } from '@/server/database';
import { Forbidden, NotFound } from '@/server/errors';
import { Prisma } from '@/server/generated/prisma/client';
import { transactionKeyOf } from '@/server/identity';
import type { Actor } from '@/server/session';
import { type PaymentScope, paymentsByKey, type Reader, type StoredPayment } from './account-payments';
import { inPostingOrder, ledgerPayment, type MoneyAround, moneyAround } from './money-around';

/** How far before the money the books of accounts are read; what was in them by then is of unknown origin. */
export const TRACE_BOOKS_MS = 7 * DAY_MS;
/** Backward without a window, how far back ways are followed. */
export const TRACE_BACK_MS = 31 * DAY_MS;
const STATEMENT_MS = 10_000;
const WHOLE_TRACE_MS = 30_000;

/**
 * Follows money through the stored payments, all read in one snapshot of the database, and hands them to the same engine as a file.
 * Institution users see and follow their own institution's payments only. Throws Forbidden, and NotFound where a transaction that the
 * question starts from is none that the actor may see, or did not succeed in this currency.
 */
export async function traceMoney(actor: Actor, question: TraceQuestion): Promise<TraceAnswer> {
  if (!allows(actor.role, 'transactions:view')) throw new Forbidden('transactions:view');
  const asked = byKey(question);
  const { around, institutions } = await read(actor, asked);
  return moneyTrace(ledgerAround(asked, around, institutions), asked);
}

type Institution = { readonly code: string; readonly outside: boolean };

async function read(actor: Actor, question: TraceQuestion) {
  return await database().$transaction(
    async (reader) => {
      await reader.$queryRaw`select set_config('statement_timeout', ${String(STATEMENT_MS)}, true)`;
      const institutions = await institutionsById(reader);
      const keys = question.from.flatMap((start) => (start.kind === 'transaction' ? [start.transaction] : []));
      const viewer = { currency: question.currency, viewerInstitutionId: actor.institutionId };
      const starts = keys.length === 0 ? [] : await paymentsByKey(reader, keys, viewer);
      if (new Set(starts.map(({ key }) => key)).size < new Set(keys).size) throw new NotFound('there is no such payment');
      const accounts = startAccounts(question, starts);
      const outside = new Set([...institutions].flatMap(([id, institution]) => (institution.outside ? [id] : [])));
      const started = { accounts, payments: starts, hops: question.from.some(({ kind }) => kind === 'account') ? 0 : 1 };
      return { around: await moneyAround(reader, question, started, scopeOf(question, starts, actor), outside), institutions };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: WHOLE_TRACE_MS },
  );
}

/** Transactions may be named by their own id or by their key; the store knows them by key. */
function byKey(question: TraceQuestion): TraceQuestion {
  const from = question.from.map((start) => {
    if (start.kind === 'account') return start;
    return {
      ...start,
      transaction: z.guid().safeParse(start.transaction).success ? start.transaction : transactionKeyOf(start.transaction),
    };
  });
  return { ...question, from };
}

/** Where the money is to begin with, and when it can first (backward: last) have been there. */
function startAccounts(question: TraceQuestion, starts: readonly StoredPayment[]): ReadonlyMap<string, number> {
  const forward = question.direction === 'forward';
  const accounts = new Map<string, number>();
  const add = (account: string, atMs: number) => {
    const known = accounts.get(account);
    accounts.set(account, known === undefined ? atMs : forward ? Math.min(known, atMs) : Math.max(known, atMs));
  };
  for (const { payer, payee, atMs } of starts) add(forward ? payee : payer, atMs);
  for (const start of question.from) {
    if (start.kind !== 'account' || !z.guid().safeParse(start.account).success) continue;
    const bound = forward ? (question.sinceMs ?? Number.NEGATIVE_INFINITY) : (question.untilMs ?? Number.POSITIVE_INFINITY);
    add(start.account, start.atMs ?? bound);
  }
  return accounts;
}

/** The span of payments that is read: the window, and before it so much that accounts are filled as they were. */
function scopeOf(question: TraceQuestion, starts: readonly StoredPayment[], actor: Actor): PaymentScope {
  const moments = [
    ...starts.map(({ atMs }) => atMs),
    ...question.from.flatMap((start) => (start.kind === 'account' && start.atMs !== null ? [start.atMs] : [])),
  ];
  const now = Date.now();
  const forward = question.direction === 'forward';
  const latest = moments.length > 0 ? Math.max(...moments) + 1 : now;
  const untilMs = question.untilMs ?? (forward ? now : latest);
  const first = moments.length > 0 ? Math.min(...moments) : untilMs - TRACE_BACK_MS;
  const begins = question.sinceMs ?? (forward ? first : Math.min(first, untilMs) - TRACE_BACK_MS);
  const fromMs = Math.min(begins, forward ? first : begins) - TRACE_BOOKS_MS;
  return { currency: question.currency, fromMs, untilMs, viewerInstitutionId: actor.institutionId };
}

const InstitutionRow = z.object({ id: z.int(), code: z.string(), kind: z.string() });

async function institutionsById(reader: Reader): Promise<ReadonlyMap<number, Institution>> {
  const rows = z.array(InstitutionRow).parse(await reader.$queryRaw`select id, code, kind::text as kind from institution`);
  return new Map(rows.map(({ id, code, kind }) => [id, { code, outside: kind === 'external' }]));
}

function ledgerAround(question: TraceQuestion, around: MoneyAround, institutions: ReadonlyMap<number, Institution>): Ledger {
  const ordered = [...around.payments].sort(inPostingOrder);
  const institutionOf = new Map<string, Institution | undefined>();
  for (const row of ordered) {
    institutionOf.set(row.payer, institutions.get(row.payerInstitutionId));
    institutionOf.set(row.payee, institutions.get(row.payeeInstitutionId));
  }
  return ledgerOf(
    ordered.map((row, sequence) => ledgerPayment(row, sequence)),
    question.currency,
    {
      institutionOf: (account) => institutionOf.get(account)?.code ?? null,
      outside: (account) => institutionOf.get(account)?.outside === true,
      // Net settlement is booked apart from payments, and no reserve account pays or is paid in the feed.
      pooled: () => false,
      unread: (account) => around.unread.has(account),
      degreeOf: (account) => around.hubs.get(account),
    },
  );
}

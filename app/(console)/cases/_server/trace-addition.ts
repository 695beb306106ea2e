import 'server-only';
import type { TraceSnapshot } from '@/domain/cases/trace-snapshot';
import { readRange } from '@/domain/time-range';
import { replay } from '@/domain/tracing/canvas/canvas';
import { readSteps } from '@/domain/tracing/canvas/canvas-step';
import { drawPicture } from '@/domain/tracing/canvas/draw-picture';
import { questionOf, readStarts } from '@/domain/tracing/canvas/question-address';
import { traceIndex } from '@/domain/tracing/canvas/trace-index';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import type { CaseAddition } from '@/server/commands/cases/add-to-case';
import { NotFound } from '@/server/errors';
import { keptTraceSteps } from '@/server/queries/cases/kept-trace-steps';
import { maskedAccounts } from '@/server/queries/cases/masked-accounts';
import { traceMoney } from '@/server/queries/tracing/trace-money';
import { transactionDetail } from '@/server/queries/transactions/transaction-detail';
import type { Actor } from '@/server/session';

type Trace = Extract<CaseAddition, { kind: 'trace' }>;

/** Asks the trace that a page's address names, and keeps what it answered as data; null where the address asks nothing that can be answered. */
export async function traceAddition(actor: Actor, address: string): Promise<Trace | null> {
  const url = new URL(address, 'http://trace.invalid');
  const params = Object.fromEntries(url.searchParams);
  const asked = await questionIn(actor, url.pathname, params);
  const steps = await stepsIn(actor, params.c ?? '');
  if (!asked || !steps) return null;
  const answer = await traceMoney(actor, asked.question).catch((fault: unknown) => {
    if (fault instanceof NotFound) return null;
    throw fault;
  });
  if (!answer) return null;
  const index = traceIndex(answer);
  const picture = drawPicture(index, replay(index, steps));
  const masked = await maskedAccounts(actor, { accounts: picture.nodes.flatMap(({ account }) => account ?? []) });
  const { direction, currency, hops, asOfMs, replayed, conservation } = picture;
  const first = picture.nodes.find(({ kind }) => kind === 'source')?.account;
  const snapshot: TraceSnapshot = {
    direction,
    currency,
    hops,
    asOfMs,
    replayed,
    conservation: { fifo: conservation.fifo, lifo: conservation.lifo, proRata: conservation.proRata },
    nodes: picture.nodes.map(({ id, kind, layer, accounts, institution, amounts, note, pinned, account }) => ({
      id,
      kind,
      layer,
      accounts,
      institution,
      amounts,
      note,
      pinned: pinned !== null,
      masked: account === null ? null : (masked.get(account) ?? null),
    })),
    edges: picture.edges.map(({ from, to, amounts, payments, pinned }) => ({ from, to, amounts, payments, pinned })),
    question: JSON.parse(JSON.stringify(asked.question, (_, value) => (typeof value === 'bigint' ? value.toString() : value))),
  };
  const title = asked.id ?? (first ? masked.get(first) : undefined) ?? currency;
  return { kind: 'trace', title, address, snapshot };
}

async function questionIn(
  actor: Actor,
  path: string,
  params: Readonly<Record<string, string>>,
): Promise<{ question: TraceQuestion; id: string | null } | null> {
  const range = params.range === undefined ? null : readRange(params.range);
  if (range?.kind !== 'absolute') return null;
  const named = /^\/transactions\/([^/]+)\/trace$/.exec(path)?.[1];
  const payment = named === undefined ? null : await transactionDetail(actor, { idOrKey: decoded(named) });
  if (named !== undefined && !payment) return null;
  const from = payment ? [{ kind: 'transaction' as const, transaction: payment.key }] : readStarts(params.from);
  const currency = payment?.currency ?? params.currency ?? 'CNY';
  if (!from || !/^[A-Z]{3}$/.test(currency)) return null;
  const question = questionOf(params, { from, currency, range: range.range });
  return question ? { question, id: payment?.id ?? null } : null;
}

async function stepsIn(actor: Actor, text: string) {
  if (!text.startsWith('kept:')) return readSteps(text);
  const kept = await keptTraceSteps(actor, { id: text.slice('kept:'.length) });
  return kept === null ? null : readSteps(kept);
}

// A broken escape in the address is no id.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('\0', '').slice(0, 100);
  } catch {
    return segment.slice(0, 100);
  }
}

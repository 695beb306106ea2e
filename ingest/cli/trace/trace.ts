import fs from 'node:fs';
import { parseAmount } from '@/domain/money';
import { ledgerOf } from '@/domain/tracing/ledger';
import { moneyTrace } from '@/domain/tracing/money-trace';
import type { TRACE_METHODS, TraceAnswer } from '@/domain/tracing/trace-answer';
import { TraceQuestion, type TraceStart } from '@/domain/tracing/trace-question';
import { type TraceDocument, traceWire } from '@/domain/tracing/trace-wire';
import { EXIT, type ExitCode, Failure } from '../failure';
import { chosenMapping } from '../import/chosen-mapping';
import { type LedgerFile, ledgerFile } from './ledger-file';
import { printTrace } from './print-trace';
import { type TraceLimits, type TraceOptions, traceLimits, wrong } from './trace-options';

/** Institutions that stand for everything that nobody here oversees. */
const OUTSIDE = ['OUTSIDE', 'EXTERNAL'];

/** Traces money through a file of payments and prints where it went, or came from. Needs no database. */
export async function trace(
  options: TraceOptions,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<ExitCode> {
  if (!fs.statSync(options.file, { throwIfNoEntry: false })?.isFile()) throw new Failure(`There is no file ${options.file}.`);
  const mapping = chosenMapping(options);
  const limits = traceLimits(options, mapping.timeZone);
  const begun = performance.now();
  const file = await ledgerFile(options.file, mapping);
  const readMs = performance.now() - begun;
  const starts = options.from.map((name) => startNamed(name, file));
  const currencies = currenciesOf(starts, file, options.currency);
  const outside = new Set([...OUTSIDE, ...(options.outside ?? [])]);
  const pooled = new Set((options.pooled ?? []).flatMap((name) => accountsNamed(name, file)));
  const isOutside = (account: string) => outside.has(file.institutionOf.get(account) ?? '') || outside.has(account);
  let engineMs = 0;
  const answers = currencies.map((currency): TraceAnswer => {
    const ledger = ledgerOf(file.payments, currency, {
      institutionOf: (account) => file.institutionOf.get(account) || null,
      outside: isOutside,
      pooled: (account) => pooled.has(account),
    });
    const question = questionIn(currency, starts, limits, options, file);
    const from = performance.now();
    const answer = moneyTrace(ledger, question);
    engineMs += performance.now() - from;
    return ofMethod(answer, limits);
  });
  const document: TraceDocument = {
    schema: 'headwater.trace/1',
    file: {
      path: options.file,
      sha256: file.sha256,
      rows: file.rows,
      payments: file.payments.length,
      notSucceeded: file.notSucceeded,
      repeated: file.repeated,
      refused: file.refused,
    },
    notes: notesOn(file, starts, (account) => isOutside(account) || pooled.has(account)),
    direction: limits.direction,
    method: limits.method,
    currencies: [...currencies],
    from: starts.map((start) => ({ kind: start.kind, name: start.kind === 'account' ? start.account : start.transaction })),
    asOf: latest(answers),
    ...traceWire(answers),
    measured: { readMs: tenths(readMs), engineMs: tenths(engineMs), replayed: answers.reduce((sum, { replayed }) => sum + replayed, 0) },
  };
  print(options.json ? `${JSON.stringify(document, null, 2)}\n` : printTrace(document));
  return file.refused > 0 ? EXIT.someRefused : EXIT.done;
}

type Start = { readonly kind: 'transaction'; readonly transaction: string } | { readonly kind: 'account'; readonly account: string };

function startNamed(name: string, file: LedgerFile): Start {
  const [, kind, bare = name] = /^(tx|account):(.*)$/.exec(name) ?? [];
  const isTransaction = kind !== 'account' && file.payments.some(({ id }) => id === bare);
  const accounts = kind === 'tx' ? [] : (file.accountNamed.get(bare) ?? []);
  if (isTransaction && accounts.length > 0)
    throw new Failure(`"${bare}" is a transaction and an account: say tx:${bare} or account:${bare}.`, EXIT.usage);
  if (isTransaction) return { kind: 'transaction', transaction: bare };
  if (accounts.length > 1) throw new Failure(`"${bare}" is an account at several institutions: say ${accounts.join(' or ')}.`, EXIT.usage);
  if (accounts[0] !== undefined) return { kind: 'account', account: accounts[0] };
  throw new Failure(`No payment that succeeded has the id "${bare}", and none is of an account "${bare}".`);
}

function accountsNamed(name: string, file: LedgerFile): readonly string[] {
  const accounts = file.accountNamed.get(name);
  if (!accounts) throw new Failure(`No payment that succeeded is of an account "${name}".`);
  return accounts;
}

/** Currencies are never mixed: each that the starts have is a trace of its own. */
function currenciesOf(starts: readonly Start[], file: LedgerFile, asked: string | undefined): readonly string[] {
  const transactions = new Set(starts.flatMap((start) => (start.kind === 'transaction' ? [start.transaction] : [])));
  const accounts = new Set(starts.flatMap((start) => (start.kind === 'account' ? [start.account] : [])));
  const found = new Set<string>();
  for (const { id, payer, payee, currency } of file.payments)
    if (transactions.has(id) || accounts.has(payer) || accounts.has(payee)) found.add(currency);
  if (asked === undefined) return [...found].sort();
  if (!found.has(asked)) throw new Failure(`Nothing that the trace starts from is in ${asked}; there is ${[...found].sort().join(', ')}.`);
  return [asked];
}

function questionIn(
  currency: string,
  starts: readonly Start[],
  limits: TraceLimits,
  options: TraceOptions,
  file: LedgerFile,
): TraceQuestion {
  const { atMs, method, ...rest } = limits;
  const minor = (option: string, decimal: string) => {
    const amount = parseAmount(decimal, currency);
    if (!amount.ok) throw wrong(option, `an amount in ${currency}`, decimal);
    return amount.minor;
  };
  const amountMinor = options.amount === undefined ? null : minor('--amount', options.amount);
  return TraceQuestion.parse({
    ...rest,
    currency,
    from: starts.map((start): TraceStart => (start.kind === 'account' ? { ...start, atMs, amountMinor } : start)),
    minAmountMinor: options.min === undefined || /^0*(\.0*)?$/.test(options.min) ? 0n : minor('--min', options.min),
    overriddenHubs: (options.throughHub ?? []).flatMap((name) => accountsNamed(name, file)),
  } satisfies TraceQuestion);
}

/** With one method asked, what that method knows nothing of is left out; figures of the others stay beside it. */
function ofMethod(answer: TraceAnswer, { method }: TraceLimits): TraceAnswer {
  if (method === 'all') return answer;
  const own = <T extends { readonly [M in (typeof TRACE_METHODS)[number]]: bigint }>(rows: readonly T[]) =>
    rows.filter((row) => row[method] > 0n);
  return { ...answer, reached: own(answer.reached), sinks: own(answer.sinks), edges: own(answer.edges), pruned: own(answer.pruned) };
}

function notesOn(file: LedgerFile, starts: readonly Start[], closed: (account: string) => boolean): string[] {
  return [
    ...(file.notSucceeded > 0 ? [`${file.notSucceeded} payments did not succeed and moved no money.`] : []),
    ...(file.repeated > 0 ? [`${file.repeated} rows repeat an id; the first one counts.`] : []),
    ...(file.refused > 0 ? [`${file.refused} rows were left out: ${file.examples.join('; ')}.`] : []),
    ...starts.flatMap((start) =>
      start.kind === 'account' && closed(start.account)
        ? [`${start.account} is outside or pooled: what is in it is everybody's, so there is nothing to trace.`]
        : [],
    ),
  ];
}

function latest(answers: readonly TraceAnswer[]): string | null {
  const times = answers.flatMap(({ asOfMs }) => asOfMs ?? []);
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null;
}

const tenths = (ms: number) => Math.round(ms * 10) / 10;

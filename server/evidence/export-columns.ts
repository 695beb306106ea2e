import 'server-only';
import { currencyPlaces } from '@/domain/currency';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { toDecimal } from '@/domain/money';
import type { PairRow, PaymentRow } from '@/server/queries/exports/export-page';
import type { Register } from '@/server/queries/exports/register';
import { EXPORT_WORDS } from './export-words';

/** Version of the columns and of how they are written; part of the manifest. */
export const COLUMNS_VERSION = '1';

export type Cell = string | { readonly decimal: string };
/** One row in both forms: the original as it is kept, and the cells that people read. */
export type Rendered = { readonly original: Readonly<Record<string, string | null>>; readonly cells: readonly Cell[] };

type Naming = Pick<ExportQuestion, 'language'> & { readonly register: Register };

const PAYMENT_COLUMNS = [
  'acceptedAt',
  'transactionId',
  'endToEndId',
  'uetr',
  'session',
  'businessType',
  'route',
  'channel',
  'status',
  'payer',
  'payerName',
  'payerAccount',
  'intermediary',
  'intermediaryName',
  'payee',
  'payeeName',
  'payeeAccount',
  'amount',
  'currency',
  'initiatedAt',
  'agreementNo',
  'merchantId',
  'terminalId',
  'originalKey',
] as const;
const PAIR_COLUMNS = [
  'payer',
  'payerName',
  'payee',
  'payeeName',
  'currency',
  'succeeded',
  'declined',
  'failed',
  'unknown',
  'amount',
] as const;

export function exportColumns({ kind }: Pick<ExportQuestion, 'kind'>): readonly string[] {
  return kind === 'flows' ? PAIR_COLUMNS : PAYMENT_COLUMNS;
}

/** The columns' names in the language of the question. */
export function exportHead(question: Pick<ExportQuestion, 'kind' | 'language'>): readonly string[] {
  const words = EXPORT_WORDS[question.language].columns;
  return exportColumns(question).map((column) => words[column as keyof typeof words]);
}

export function renderPayment(row: PaymentRow, naming: Naming): Rendered {
  const words = EXPORT_WORDS[naming.language];
  const code = (id: number | null) => (id === null ? null : (naming.register.byId.get(id)?.code ?? null));
  // A received payment is unknown until it is answered, as on every screen.
  const status = row.status === 'received' ? 'unknown' : row.status;
  const original = {
    acceptedAt: row.accepted_at,
    transactionId: row.transaction_id,
    transactionKey: row.key,
    endToEndId: row.end_to_end_id,
    uetr: row.uetr,
    session: row.session_no,
    businessType: row.business_type,
    route: row.route,
    channel: row.channel,
    status,
    payer: code(row.payer),
    payerAccount: row.payer_account,
    intermediary: code(row.intermediary),
    payee: code(row.payee),
    payeeAccount: row.payee_account,
    amountMinor: row.amount_minor,
    currency: row.currency,
    initiatedAt: row.initiated_at,
    agreementNo: row.agreement_no,
    merchantId: row.merchant_id,
    terminalId: row.terminal_id,
    originalKey: row.original_key,
  };
  const cells: Cell[] = [
    beijing(row.accepted_at),
    row.transaction_id,
    row.end_to_end_id ?? '',
    row.uetr ?? '',
    row.session_no ?? '',
    words.types[row.business_type as keyof typeof words.types],
    words.routes[row.route as keyof typeof words.routes],
    row.channel ?? '',
    words.statuses[status as keyof typeof words.statuses],
    code(row.payer) ?? '',
    nameOf(row.payer, naming),
    row.payer_account ?? '',
    code(row.intermediary) ?? '',
    nameOf(row.intermediary, naming),
    code(row.payee) ?? '',
    nameOf(row.payee, naming),
    row.payee_account ?? '',
    decimal(row),
    row.currency,
    row.initiated_at === null ? '' : beijing(row.initiated_at),
    row.agreement_no ?? '',
    row.merchant_id ?? '',
    row.terminal_id ?? '',
    row.original_key ?? '',
  ];
  return { original, cells };
}

export function renderPair(row: PairRow, naming: Naming): Rendered {
  const code = (id: number) => naming.register.byId.get(id)?.code ?? '';
  const counts = { succeeded: row.succeeded, declined: row.declined, failed: row.failed, unknown: row.unknown };
  return {
    original: { payer: code(row.payer), payee: code(row.payee), currency: row.currency, ...counts, amountMinor: row.amount_minor },
    cells: [
      code(row.payer),
      nameOf(row.payer, naming),
      code(row.payee),
      nameOf(row.payee, naming),
      row.currency,
      ...Object.values(counts).map((count) => ({ decimal: count })),
      decimal(row),
    ],
  };
}

function nameOf(id: number | null, { register, language }: Naming): string {
  const row = id === null ? undefined : register.byId.get(id);
  return row ? (language === 'en' ? row.en : row.zh) : '';
}

/** Exact; a currency without an entry stays in minor units. */
function decimal({ amount_minor, currency }: { amount_minor: string; currency: string }): Cell {
  return { decimal: currencyPlaces(currency) === undefined ? amount_minor : toDecimal({ minor: BigInt(amount_minor), currency }) };
}

/** "2026-11-23T09:46:52.123456Z" as "2026-11-23 17:46:52.123456": UTC+8 has no summer time. */
function beijing(utc: string): string {
  const local = new Date(Date.parse(utc.replace(/\.\d+Z$/, 'Z')) + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${utc.slice(19, -1)}`;
}

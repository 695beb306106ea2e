import { cellAttempts, cellChange, linesOfCell, type MatrixModel } from '@/domain/flows/matrix-model';
import type { CellDetail } from '@/domain/flows/matrix-wire';
import { meanTicket, successRate } from '@/domain/flows/pair-flow';

export const PAIR_COLUMNS = ['payer', 'payee', 'amount', 'share', 'change', 'payments', 'mean', 'attempts', 'success'] as const;
export type PairColumn = (typeof PAIR_COLUMNS)[number];

/** A pair as a table shows it; what is not known yet, or cannot be, is null. */
export type PairRow = {
  readonly index: number;
  readonly payer: string;
  readonly payee: string;
  /** In full, for who looks closer or filters by it. */
  readonly payerName: string;
  readonly payeeName: string;
  readonly payerCode: string | null;
  readonly payeeCode: string | null;
  readonly amount: bigint;
  readonly change: number | null;
  /** Succeeded payments: what the amount adds up. */
  readonly payments: bigint | null;
  readonly mean: bigint | null;
  readonly attempts: bigint | null;
  readonly success: number | null;
};

export function pairRows(
  model: MatrixModel,
  indices: readonly number[],
  details: readonly (CellDetail | null)[] | undefined,
  othersOf: (count: number) => string,
): readonly PairRow[] {
  return indices.map((index) => {
    const { payer, payee } = linesOfCell(model, index);
    const amount = model.amounts[index] as bigint;
    const detail = details?.[index] ?? null;
    return {
      index,
      payer: payer.code === null ? othersOf(payer.members) : payer.short,
      payee: payee.code === null ? othersOf(payee.members) : payee.short,
      payerName: payer.name,
      payeeName: payee.name,
      payerCode: payer.code,
      payeeCode: payee.code,
      amount,
      change: detail && cellChange(amount, detail),
      payments: detail?.succeeded ?? null,
      mean: detail && meanTicket({ amount, succeeded: detail.succeeded }),
      attempts: detail && cellAttempts(detail),
      success: detail && successRate({ succeeded: detail.succeeded, declined: detail.refused, failed: 0n }),
    };
  });
}

/** Rows whose names or codes hold the text, in the order asked for; what is not known comes last in both directions. */
export function sortedPairs(
  rows: readonly PairRow[],
  { column, falling }: { column: PairColumn; falling: boolean },
  find: string,
): readonly PairRow[] {
  const text = find.trim().toLocaleLowerCase();
  const found = text === '' ? [...rows] : rows.filter((row) => holdsText(row, text));
  const sign = falling ? -1 : 1;
  const collator = new Intl.Collator('zh-CN');
  return found.sort((a, b) => {
    if (column === 'payer' || column === 'payee') return sign * collator.compare(a[column], b[column]);
    const key = column === 'share' ? 'amount' : column;
    const [x, y] = [a[key], b[key]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return x < y ? -sign : x > y ? sign : a.index - b.index;
  });
}

function holdsText(row: PairRow, text: string): boolean {
  return [row.payer, row.payee, row.payerName, row.payeeName, row.payerCode, row.payeeCode].some((part) =>
    part?.toLocaleLowerCase().includes(text),
  );
}

import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';

export type ReportCell = string | number;

export const REPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The rows as a file of that format, the head first: the same cells in the same order in each. */
export async function reportFile(format: ReportFormat, rows: readonly (readonly ReportCell[])[]): Promise<Uint8Array> {
  // Cells that a spreadsheet would take for a formula are made text; the byte order mark lets it read Chinese.
  if (format === 'csv')
    return Buffer.from(`\ufeff${stringify(rows as ReportCell[][], { escape_formulas: true, record_delimiter: 'windows' })}`);
  const [head = [], ...body] = rows;
  const sheet = [
    head.map((value) => ({ value: neutral(value), fontWeight: 'bold' as const })),
    ...body.map((row) => row.map((value) => ({ value: typeof value === 'number' ? value : neutral(value) }))),
  ];
  return await writeExcelFile(sheet, { columns: head.map(() => ({ width: 18 })), stickyRowsCount: 1 }).toBuffer();
}

/** In a sheet a text stays one, but it may be copied to where it does not: it is neutralised as in the CSV. */
function neutral(value: ReportCell): string {
  const text = String(value);
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

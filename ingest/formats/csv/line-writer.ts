import { type TimeReader, timeReader } from './local-time';
import { CSV_FIELDS, type CsvField, type CsvMapping, REQUIRED_FIELDS } from './mapping';
import { roundedAmount } from './rounded-amount';

/** One row as a line of the transaction feed, with what the import report needs to know of it. */
export type WrittenLine = {
  readonly text: string;
  readonly id: string;
  readonly payer: string;
  readonly payee: string;
  readonly intermediary: string | undefined;
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
  /** The amount was rounded, because the mapping asks for it. */
  readonly rounded: boolean;
};
export type LineWriter = (cells: readonly string[]) => WrittenLine | { readonly fault: string };

type Cell = {
  readonly field: CsvField;
  readonly index: number;
  readonly constant: string | undefined;
  readonly word: (text: string) => string;
};

const TIMES: ReadonlySet<CsvField> = new Set(['initiatedAt', 'acceptedAt', 'respondedAt', 'finalAt']);

/**
 * How the rows under `header` become lines; a string instead says why they cannot.
 * Values are only translated here. Whether they hold is for the gateway to say, as for every sender.
 */
export function lineWriter(mapping: CsvMapping, header: readonly string[]): LineWriter | string {
  const readTime = timeReader(mapping.timeZone);
  if (!readTime) return `there is no time zone "${mapping.timeZone}"`;
  const names = header.map((name) => name.trim());
  const repeated = Object.values(mapping.columns).find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated) return `the header has two columns "${repeated}"`;
  const absent = Object.values(mapping.columns).filter((name) => !names.includes(name));
  if (absent.length > 0) return `the header has no column ${absent.map((name) => `"${name}"`).join(', ')}; it has ${names.join(', ')}`;
  const missing = REQUIRED_FIELDS.filter((field) => mapping.columns[field] === undefined && mapping.constants[field] === undefined);
  if (missing.length > 0) return `the mapping says nothing of ${missing.join(', ')}`;

  const cells = CSV_FIELDS.flatMap((field): Cell[] => {
    const column = mapping.columns[field];
    const constant = mapping.constants[field];
    if (column === undefined && constant === undefined) return [];
    return [{ field, constant, index: column === undefined ? -1 : names.indexOf(column), word: translator(mapping, field, readTime) }];
  });
  const width = names.length;
  return (row) => (row.length === width ? write(cells, row, mapping) : { fault: `the row has ${row.length} cells, the header ${width}` });
}

function write(cells: readonly Cell[], row: readonly string[], mapping: CsvMapping): WrittenLine {
  const line: Record<string, string | { institution?: string; account?: string }> = {};
  const payer: { institution?: string; account?: string } = {};
  const payee: { institution?: string; account?: string } = {};
  const said: Partial<Record<CsvField, string>> = {};
  for (const { field, index, constant, word } of cells) {
    const cell = index < 0 ? '' : (row[index] as string).trim();
    const value = cell === '' ? constant : word(cell);
    if (value === undefined) continue;
    said[field] = value;
    if (field === 'payer.institution') payer.institution = value;
    else if (field === 'payer.account') payer.account = value;
    else if (field === 'payee.institution') payee.institution = value;
    else if (field === 'payee.account') payee.account = value;
    else line[field === 'amount' && mapping.amountUnit === 'minor' ? 'amountMinor' : field] = value;
  }
  const rounding = mapping.amountRounding === 'half-even' && mapping.amountUnit === 'major';
  const rounded = rounding ? roundedAmount(said.amount ?? '', said.currency ?? '') : undefined;
  if (rounded !== undefined) line.amount = said.amount = rounded;
  return {
    text: JSON.stringify({ ...line, payer, payee }),
    id: said.id ?? '',
    payer: said['payer.institution'] ?? '',
    payee: said['payee.institution'] ?? '',
    intermediary: said.intermediary,
    amount: said.amount ?? '',
    currency: said.currency ?? '',
    status: said.status ?? '',
    rounded: rounded !== undefined,
  };
}

function translator(mapping: CsvMapping, field: CsvField, readTime: TimeReader): (text: string) => string {
  // A time that cannot be read goes as it is, and the gateway refuses the line for it.
  if (TIMES.has(field)) return (text) => readTime(text) ?? text;
  const words = mapping.values[field];
  if (!words) return field === 'status' ? (text) => text.toLowerCase() : (text) => text;
  const byWord = new Map(Object.entries(words).map(([word, value]) => [word.toUpperCase(), value]));
  const other = byWord.get('*');
  return (text) => byWord.get(text.toUpperCase()) ?? other ?? (field === 'status' ? text.toLowerCase() : text);
}

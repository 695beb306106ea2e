import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { parseStatedAmount } from '@/domain/detection/measure/stated-amount';
import { channelNamed, type Movement } from '@/domain/detection/movement';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';

export type LabelledMovement = {
  readonly movement: Movement;
  readonly planted: boolean;
  readonly typology: string;
  readonly pattern: string;
};
export type LabelledFile = {
  readonly file: string;
  readonly sha256: string;
  /** In the order of time; rows of one time keep the file's order. */
  readonly rows: readonly LabelledMovement[];
  readonly wasSorted: boolean;
  /** Rows whose amount is zero, kept as they are. */
  readonly zeroAmounts: number;
  readonly labelled: boolean;
};

const NEEDED = ['tx_id', 'time', 'payer_acct', 'payee_acct', 'amount', 'currency'] as const;
const OPTIONAL = ['payer_inst', 'payee_inst', 'channel', 'label', 'typology', 'pattern_id', 'terminal', 'merchant'] as const;
type Column = (typeof NEEDED)[number] | (typeof OPTIONAL)[number];

const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a whole labelled file of the canonical header, gzip or not. Amounts are taken as stated. Times without a zone are taken as UTC, which
 * moves nothing against each other. Throws {@link Failure} with row and column at the first row that makes no sense.
 */
export async function labelledFile(file: string): Promise<LabelledFile> {
  if (!fs.existsSync(file)) throw new Failure(`${file} is not there.`);
  if (fs.statSync(file).isDirectory()) throw new Failure(`${file} is a folder, not a file.`);
  const rows: LabelledMovement[] = [];
  const ids = new Set<string>();
  let place: ReadonlyMap<Column, number> | undefined;
  let [wasSorted, lastMs, zeroAmounts] = [true, Number.NEGATIVE_INFINITY, 0];
  try {
    for await (const { row, cells } of csvRows(file, { delimiter: ',', quote: '"' })) {
      if (!place) {
        place = placesOf(file, cells);
        continue;
      }
      const read = labelledRow(cells, place);
      if (typeof read === 'string') throw new Failure(`${file}, row ${row}: ${read}.`);
      if (ids.has(read.movement.id)) throw new Failure(`${file}, row ${row}: tx_id "${read.movement.id}" has been there before.`);
      ids.add(read.movement.id);
      if (read.movement.atMs < lastMs) wasSorted = false;
      lastMs = read.movement.atMs;
      if (read.movement.amount === 0) zeroAmounts++;
      rows.push(read);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} cannot be read as CSV: ${(error as Error).message}.`);
  }
  if (!place) throw new Failure(`${file} is empty.`);
  if (rows.length === 0) throw new Failure(`${file} has a header and no rows.`);
  if (!wasSorted) rows.sort((a, b) => a.movement.atMs - b.movement.atMs);
  const hash = createHash('sha256');
  for await (const part of fs.createReadStream(file)) hash.update(part as Buffer);
  return { file, sha256: hash.digest('hex'), rows, wasSorted, zeroAmounts, labelled: rows.some(({ planted }) => planted) };
}

function placesOf(file: string, header: readonly string[]): ReadonlyMap<Column, number> {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Failure(`${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Failure(`${file} has the column ${twice} twice.`);
  const known: Column[] = [...NEEDED, ...OPTIONAL].filter((name) => names.includes(name));
  return new Map(known.map((name) => [name, names.indexOf(name)]));
}

function labelledRow(cells: readonly string[], place: ReadonlyMap<Column, number>): LabelledMovement | string {
  const cell = (name: Column) => (place.has(name) ? (cells[place.get(name) as number] ?? '').trim() : '');
  for (const name of NEEDED) if (cell(name) === '') return `${name} is empty`;
  const time = cell('time');
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(time) && time.length > 10 ? time : time.length > 10 ? `${time.replace(' ', 'T')}Z` : time;
  const atMs = TIME.test(time) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(atMs)) return `time "${time}" is no moment`;
  const stated = parseStatedAmount(cell('amount'));
  if (!stated.ok) return `amount "${cell('amount')}" is ${stated.fault === 'negative' ? 'negative' : 'no amount'}`;
  const label = cell('label');
  if (!['', '0', '1'].includes(label)) return `label "${label}" is neither 0 nor 1`;
  const payerInstitution = cell('payer_inst');
  const payeeInstitution = cell('payee_inst');
  const [terminal, merchant] = [cell('terminal'), cell('merchant')];
  return {
    movement: {
      id: cell('tx_id'),
      atMs,
      payer: `${payerInstitution}|${cell('payer_acct')}`,
      payee: `${payeeInstitution}|${cell('payee_acct')}`,
      payerInstitution,
      payeeInstitution,
      amount: stated.magnitude,
      currency: cell('currency'),
      channel: channelNamed(cell('channel')),
      ...(terminal && merchant ? { terminal, merchant } : {}),
    },
    planted: label === '1',
    typology: cell('typology'),
    pattern: cell('pattern_id'),
  };
}

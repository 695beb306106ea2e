import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { parseAmount, parseMinor } from '@/domain/money';
import type { LedgerPayment } from '@/domain/tracing/ledger';
import { type LineWriter, lineWriter } from '../../formats/csv/line-writer';
import type { CsvMapping } from '../../formats/csv/mapping';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';

export type LedgerFile = {
  readonly sha256: string;
  readonly rows: number;
  /** Payments that succeeded, named by account; an account whose number exists at several institutions is named INSTITUTION|NUMBER. */
  readonly payments: readonly LedgerPayment[];
  readonly institutionOf: ReadonlyMap<string, string>;
  /** Names that an account goes by, with what the ledger calls it: its number (where only one has it) and INSTITUTION|NUMBER. */
  readonly accountNamed: ReadonlyMap<string, readonly string[]>;
  readonly notSucceeded: number;
  readonly repeated: number;
  /** Rows that an import would refuse, with the first few said. */
  readonly refused: number;
  readonly examples: readonly string[];
};

type Row = Omit<LedgerPayment, 'payer' | 'payee'> & { readonly payer: Party; readonly payee: Party };
type Party = { readonly institution: string; readonly number: string };
type Line = {
  id?: string;
  acceptedAt?: string;
  status?: string;
  businessType?: string;
  currency?: string;
  amount?: string;
  amountMinor?: string;
} & {
  [side in 'payer' | 'payee']: { institution?: string; account?: string };
};

const EXAMPLES_MAX = 3;

/** Reads a whole file of payments (gzip accepted) by the mapping that an import would use. Throws {@link Failure} where it can not be read. */
export async function ledgerFile(file: string, mapping: CsvMapping): Promise<LedgerFile> {
  const rows: Row[] = [];
  const ids = new Set<string>();
  const examples: string[] = [];
  let [count, notSucceeded, repeated, refused] = [0, 0, 0, 0];
  let write: LineWriter | undefined;
  try {
    for await (const { row, cells } of csvRows(file, mapping)) {
      if (!write) {
        const made = lineWriter(mapping, cells);
        if (typeof made === 'string') throw new Failure(`${file}: ${made}.`);
        write = made;
        continue;
      }
      count = row;
      const read = readRow(write, cells, row);
      if (typeof read === 'string') {
        refused++;
        if (examples.length < EXAMPLES_MAX) examples.push(`row ${row}: ${read}`);
      } else if (ids.has(read.id)) repeated++;
      else {
        ids.add(read.id);
        if (read.succeeded) rows.push(read.row);
        else notSucceeded++;
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} cannot be read as CSV: ${(error as Error).message}`);
  }
  if (!write) throw new Failure(`${file} is empty.`);
  const hash = createHash('sha256');
  for await (const part of fs.createReadStream(file)) hash.update(part as Buffer);
  return { sha256: hash.digest('hex'), rows: count, ...named(rows), notSucceeded, repeated, refused, examples };
}

function readRow(write: LineWriter, cells: readonly string[], sequence: number): { id: string; succeeded: boolean; row: Row } | string {
  const written = write(cells);
  if ('fault' in written) return written.fault;
  const line = JSON.parse(written.text) as Line;
  const { id, acceptedAt, currency, status } = line;
  if (!id || !acceptedAt || !currency || !line.payer.account || !line.payee.account) return 'id, time, currency or an account is empty';
  const atMs = Date.parse(acceptedAt);
  if (Number.isNaN(atMs)) return `"${acceptedAt}" is no time`;
  const amount = line.amountMinor === undefined ? parseAmount(line.amount ?? '', currency) : parseMinor(line.amountMinor, currency);
  if (!amount.ok) return `${amount.fault} (${line.amount ?? line.amountMinor} ${currency})`;
  const party = (side: 'payer' | 'payee') => ({ institution: line[side].institution ?? '', number: line[side].account as string });
  const businessType = BUSINESS_TYPES.find((type) => type === line.businessType) ?? ('other' satisfies BusinessType);
  const row = { id, atMs, sequence, payer: party('payer'), payee: party('payee'), amountMinor: amount.minor, currency, businessType };
  return { id, succeeded: status === 'succeeded', row };
}

function named(rows: readonly Row[]): Pick<LedgerFile, 'payments' | 'institutionOf' | 'accountNamed'> {
  const institutions = new Map<string, Set<string>>();
  for (const { payer, payee } of rows)
    for (const { number, institution } of [payer, payee]) {
      const known = institutions.get(number);
      if (known) known.add(institution);
      else institutions.set(number, new Set([institution]));
    }
  const institutionOf = new Map<string, string>();
  const accountNamed = new Map<string, string[]>();
  for (const [number, at] of institutions) {
    const names = [...at].sort().map((institution) => {
      const name = at.size === 1 ? number : `${institution}|${number}`;
      institutionOf.set(name, institution);
      accountNamed.set(`${institution}|${number}`, [name]);
      return name;
    });
    accountNamed.set(number, names);
  }
  const nameOf = ({ institution, number }: Party) => (institutions.get(number)?.size === 1 ? number : `${institution}|${number}`);
  const payments = rows.map(({ payer, payee, ...payment }) => ({ ...payment, payer: nameOf(payer), payee: nameOf(payee) }));
  return { payments, institutionOf, accountNamed };
}

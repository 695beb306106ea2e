import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { NamedInstitution } from '@/server/commands/institutions/register-unknown';
import { type LineWriter, lineWriter } from '../../formats/csv/line-writer';
import type { CsvMapping } from '../../formats/csv/mapping';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';

export type ScannedCsv = {
  readonly rows: number;
  /** Names the file's content together with the mapping: batch ids begin with it, so that a second run resumes the first. */
  readonly digest: string;
  readonly institutions: readonly NamedInstitution[];
  readonly write: LineWriter;
};

/** Reads the file once from end to end before anything is sent: a file that breaks off half-way is refused whole. */
export async function scanCsv(file: string, mapping: CsvMapping): Promise<ScannedCsv> {
  let write: LineWriter | undefined;
  let rows = 0;
  const institutions = new Map<string, NamedInstitution>();
  try {
    for await (const { row, cells } of csvRows(file, mapping)) {
      if (write === undefined) {
        const made = lineWriter(mapping, cells);
        if (typeof made === 'string') throw new Failure(`${file}: ${made}.`);
        write = made;
        continue;
      }
      rows = row;
      const line = write(cells);
      if ('fault' in line) continue;
      for (const code of [line.payer, line.payee, line.intermediary]) {
        if (code && !institutions.has(code)) institutions.set(code, { code, currency: line.currency });
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} cannot be read as CSV: ${(error as Error).message}`);
  }
  if (!write) throw new Failure(`${file} is empty.`);
  const hash = createHash('sha256').update(JSON.stringify(mapping)).update('\0');
  for await (const part of fs.createReadStream(file)) hash.update(part as Buffer);
  return { rows, digest: hash.digest('hex').slice(0, 24), institutions: [...institutions.values()], write };
}

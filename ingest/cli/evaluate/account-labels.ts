import fs from 'node:fs';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';

/** Accounts that are planted, and those of them that are known to have acted; by account number, whatever the institution. */
export type AccountLabels = {
  readonly planted: ReadonlySet<string>;
  readonly acted: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
};

/** Reads labels of accounts: the file given, or `NAME.nodes.csv(.gz)` beside `NAME.csv(.gz)` where there is one. */
export async function accountLabels(file: string, given: string | undefined): Promise<AccountLabels | undefined> {
  const beside = [
    file.replace(/\.csv(\.gz)?$/, '.nodes.csv$1'),
    file.replace(/\.csv(\.gz)?$/, '.nodes.csv'),
    file.replace(/\.csv(\.gz)?$/, '.nodes'),
  ];
  const at = given ?? beside.find((one) => one !== file && fs.existsSync(one));
  if (at === undefined) return undefined;
  if (!fs.existsSync(at)) throw new Failure(`${at} is not there.`);
  const [planted, acted, all] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let header: readonly string[] = [];
  for await (const { row, cells } of csvRows(at, { delimiter: ',', quote: '"' })) {
    if (row === 0) {
      header = cells;
      if (!header.includes('nodeid') || !header.includes('isFraud')) throw new Failure(`${at} lacks the columns nodeid and isFraud.`);
      continue;
    }
    const cell = (name: string) => cells[header.indexOf(name)] ?? '';
    all.add(cell('nodeid'));
    if (!['1', 'true'].includes(cell('isFraud').toLowerCase())) continue;
    planted.add(cell('nodeid'));
    if (header.includes('fraudStep') && !cell('fraudStep').startsWith('-') && cell('fraudStep') !== '') acted.add(cell('nodeid'));
  }
  return { planted, acted, all };
}

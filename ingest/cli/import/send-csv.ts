import { LISTED_REFUSALS_MAX } from '../../feed/receipt';
import type { FeedSender, SendOutcome } from '../../feed/sender';
import type { WrittenLine } from '../../formats/csv/line-writer';
import type { CsvMapping } from '../../formats/csv/mapping';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';
import type { Progress } from './progress';
import type { ScannedCsv } from './scan-csv';
import type { Tally } from './tally';

/** A receipt lists so many refusals at most; with no more lines than that in a batch, it always accounts for every line. */
const LINES_PER_BATCH = Math.min(5_000, LISTED_REFUSALS_MAX);
const IN_FLIGHT_MAX = 3;

type Batch = { readonly firstRow: number; readonly rows: readonly number[]; readonly lines: readonly WrittenLine[] };

/** Sends every row of a scanned file as lines of the transaction feed, and tells the tally what became of each. */
export async function sendCsv(
  sender: FeedSender,
  input: {
    readonly file: string;
    readonly mapping: CsvMapping;
    readonly scanned: ScannedCsv;
    readonly tally: Tally;
    readonly progress: Progress;
  },
): Promise<void> {
  const { scanned, tally, progress } = input;
  const startedAt = new Date().toISOString();
  const inFlight = new Set<Promise<void>>();
  const send = async ({ firstRow, rows, lines }: Batch) => {
    const batchId = `import-${scanned.digest}-${firstRow}-${lines.length}`;
    const outcome = await sender.send(
      'transactions',
      lines.map(({ text }) => text),
      { batchId },
    );
    const receipt = receiptOf(outcome);
    tally.receive(
      lines.map(({ id, amount, currency, status }, i) => ({
        place: `row ${rows[i]}`,
        order: rows[i] as number,
        id,
        amount,
        currency,
        status,
      })),
      receipt,
    );
    tally.rounded += lines.filter(({ rounded }) => rounded).length;
    if (receipt.issuedAt < startedAt) tally.resumed += 1;
    progress.advance(lines.length);
  };
  const failures: unknown[] = [];
  for await (const batch of batches(input.file, input.mapping, scanned, tally)) {
    while (inFlight.size >= IN_FLIGHT_MAX) await Promise.race(inFlight);
    if (failures.length > 0) break;
    const sending = send(batch)
      .catch((error) => void failures.push(error))
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
  }
  await Promise.all(inFlight);
  if (failures.length > 0) throw failures[0];
}

/** The receipt, or the failure that ends the import: nothing is lost by it, since a second run resumes. */
export function receiptOf(outcome: SendOutcome) {
  if (outcome.kind === 'receipt') return outcome.receipt;
  if (outcome.kind === 'refused') throw new Failure(`The gateway refused the request (${outcome.reason}): ${outcome.detail}`);
  throw new Failure(
    `The gateway gave no answer after ${outcome.attempts} attempts: ${outcome.detail}. Run the same command again to resume.`,
  );
}

async function* batches(file: string, mapping: CsvMapping, scanned: ScannedCsv, tally: Tally): AsyncGenerator<Batch> {
  let rows: number[] = [];
  let lines: WrittenLine[] = [];
  for await (const { row, cells } of csvRows(file, mapping)) {
    if (row === 0) continue;
    const line = scanned.write(cells);
    if ('fault' in line) {
      tally.refuse('row-width', { order: row, place: `row ${row}`, id: cells[0] ?? '', detail: line.fault });
      continue;
    }
    rows.push(row);
    lines.push(line);
    if (lines.length < LINES_PER_BATCH) continue;
    yield { firstRow: rows[0] as number, rows, lines };
    rows = [];
    lines = [];
  }
  if (lines.length > 0) yield { firstRow: rows[0] as number, rows, lines };
}

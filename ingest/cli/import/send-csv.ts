import { randomBytes } from 'node:crypto';
import { LISTED_REFUSALS_MAX, type Receipt } from '../../feed/receipt';
import type { FeedSender, SendOutcome } from '../../feed/sender';
import type { WrittenLine } from '../../formats/csv/line-writer';
import type { CsvField, CsvMapping } from '../../formats/csv/mapping';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';
import type { Progress } from './progress';
import type { ScannedCsv } from './scan-csv';
import type { SentLine, Tally } from './tally';

/** A receipt lists so many refusals at most; with no more lines than that in a batch, it always accounts for every line. */
const LINES_PER_BATCH = Math.min(5_000, LISTED_REFUSALS_MAX);
const IN_FLIGHT_MAX = 3;

/** Row n of the file is line n - firstRow + 1. A row that cannot be made into a line is an empty one, which the gateway only counts. */
type Batch = { readonly firstRow: number; readonly lines: readonly (WrittenLine | undefined)[] };

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
  const inFlight = new Set<Promise<void>>();
  const receiptFor = async (lines: Batch['lines'], batchId: string) => {
    return receiptOf(
      await sender.send(
        'transactions',
        lines.map((line) => line?.text ?? ''),
        { batchId },
      ),
    );
  };
  const send = async ({ firstRow, lines }: Batch) => {
    const batchId = `import-${scanned.digest}-${firstRow}-${lines.length}`;
    const { receipt, resumed } = await receiptFor(lines, batchId);
    const written = lines.flatMap((line, i): SentLine[] => {
      return line === undefined ? [] : [{ ...line, line: i + 1, place: `row ${firstRow + i}`, order: firstRow + i }];
    });
    if (resumed && receipt.refused > 0) {
      // What was refused then may be welcome now: institutions are registered, clocks move on. The stored receipt would never say so.
      const refused = new Set(receipt.refusals.map(({ line }) => line));
      const isAgain = ({ line }: SentLine) => refused.has(line);
      const again = lines.map((line, i) => (refused.has(i + 1) ? line : undefined));
      const { receipt: second } = await receiptFor(again, `${batchId}-${randomBytes(6).toString('hex')}`);
      tally.receive(
        written.filter((line) => !isAgain(line)),
        { ...receipt, refused: 0, refusals: [] },
      );
      tally.receive(written.filter(isAgain), second);
      tally.retried += again.filter(Boolean).length;
    } else tally.receive(written, receipt);
    for (const { field, reason } of receipt.refusals) if (reason === 'field-syntax') noteWords(tally, input.mapping, field);
    tally.rounded += lines.filter((line) => line?.rounded).length;
    if (resumed) tally.resumed += 1;
    progress.advance(written.length);
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

/** What is refused for a word that the file uses for something: which words would have been understood. */
function noteWords(tally: Tally, mapping: CsvMapping, field: string | null): void {
  const words = mapping.values[field as CsvField];
  if (words === undefined) return;
  const known = Object.keys(words).filter((word) => word !== '*');
  tally.warnings.add(
    `${field}: the mapping understands ${known.join(', ')}, and the feed’s own words; others can be translated with --mapping`,
  );
}

/**
 * The receipt and whether an earlier run had it, or the failure that ends the import: nothing is lost by it, since a second run resumes.
 * A receipt that was there at a second attempt is this run's own: the answer to the first was lost.
 */
export function receiptOf(outcome: SendOutcome): { readonly receipt: Receipt; readonly resumed: boolean } {
  if (outcome.kind === 'receipt') return { receipt: outcome.receipt, resumed: outcome.earlier && outcome.attempts === 1 };
  if (outcome.kind === 'refused') throw new Failure(`The gateway refused the request (${outcome.reason}): ${outcome.detail}`);
  throw new Failure(
    `The gateway gave no answer after ${outcome.attempts} attempts: ${outcome.detail}. Run the same command again to resume.`,
  );
}

async function* batches(file: string, mapping: CsvMapping, scanned: ScannedCsv, tally: Tally): AsyncGenerator<Batch> {
  let firstRow = 1;
  let lines: (WrittenLine | undefined)[] = [];
  for await (const { row, cells } of csvRows(file, mapping)) {
    if (row === 0) continue;
    const line = scanned.write(cells);
    if ('fault' in line) tally.refuse('row-width', { order: row, place: `row ${row}`, id: cells[0] ?? '', detail: line.fault });
    lines.push('fault' in line ? undefined : line);
    if (lines.length < LINES_PER_BATCH) continue;
    if (lines.some(Boolean)) yield { firstRow, lines };
    firstRow = row + 1;
    lines = [];
  }
  if (lines.some(Boolean)) yield { firstRow, lines };
}

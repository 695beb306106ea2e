import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse/sync';
import type { ClientBase } from 'pg';
import { exportColumns, exportHead } from '@/server/evidence/export-columns';
import { PAGE_ROWS } from '@/server/queries/exports/export-page';
import { changeJob, type ExportJob, FILE_NO, type Place, writePiece } from './export-job';
import { withoutTimes } from './without-times';

/** Rows of one workbook: far below what a sheet holds, so that making one takes little memory. */
export const SHEET_ROWS_MAX = 10_000;
const SHEET_PIECES = SHEET_ROWS_MAX / PAGE_ROWS;
const NUMBERS: ReadonlySet<string> = new Set(['amount', 'succeeded', 'declined', 'failed', 'unknown']);

/** Makes the next workbook from the table's own lines, so that both say the same. */
export async function writeSheet(client: ClientBase, job: ExportJob): Promise<void> {
  const place = job.place as Place;
  const { rows: pieces } = await client.query<{ content: Buffer }>(
    'select content from export_piece where job_id = $1 and file_no = $2 and piece_no >= $3 and piece_no < $4 order by piece_no',
    [job.id, FILE_NO.table, place.sheet * SHEET_PIECES, (place.sheet + 1) * SHEET_PIECES],
  );
  const lines: string[][] = parse(Buffer.concat(pieces.map(({ content }) => content)), { bom: true });
  const rows = place.sheet === 0 ? lines.slice(1) : lines;
  const columns = exportColumns(job.question);
  const numbers = columns.flatMap((column, at) => (NUMBERS.has(column) ? [at] : []));
  const workbook = await inThread({ head: exportHead(job.question), rows, numbers });
  await writePiece(client, job, FILE_NO.sheets + place.sheet, 0, withoutTimes(workbook));
  const sheet = place.sheet + 1;
  const isLast = sheet * SHEET_PIECES >= job.pieces;
  await changeJob(client, job, { state: isLast ? 'sealing' : 'sheets', place: { ...place, sheet } });
}

function inThread(workerData: unknown): Promise<Uint8Array> {
  return new Promise((done, failed) => {
    const worker = new Worker(path.resolve('monitor', 'exports', 'sheet-worker.mjs'), {
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 },
    });
    worker.once('message', done);
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`the workbook's thread ended with ${code}`)));
  });
}

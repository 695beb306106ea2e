import { stringify } from 'csv-stringify/sync';
import type { ClientBase } from 'pg';
import * as z from 'zod';
import { neutralCell } from '@/domain/evidence/neutral-cell';
import { type Cell, exportHead, type Rendered, renderPair, renderPayment } from '@/server/evidence/export-columns';
import type { Prisma } from '@/server/generated/prisma/client';
import type { AccountKeys } from '@/server/identity';
import { PAGE_ROWS, type PageQuestion, PairRow, PaymentRow, pairsPage, paymentPage } from '@/server/queries/exports/export-page';
import { REGISTER, registerOf } from '@/server/queries/exports/register';
import { SNAPSHOT_EXCEPT, SNAPSHOT_UP_TO } from '@/server/queries/exports/snapshot-conditions';
import { changeJob, dropPieces, type ExportJob, FILE_NO, type Place, writePiece } from './export-job';

/** Writes the next rows of a job, in the original form and as a table, and moves its place. The client is in a transaction of one snapshot. */
export async function writePage(client: ClientBase, job: ExportJob, keys: AccountKeys): Promise<void> {
  const asked = await pageQuestion(client, job);
  const register = asked.register.sha256;
  if (job.place && job.place.register !== register) {
    // An institution was renamed meanwhile: half of the names would be of before.
    await dropPieces(client, job.id);
    await changeJob(client, job, { state: 'writing', place: null, pieces: 0, delivered: 0n });
    return;
  }
  const { rendered, after, more } = await nextRows(client, job, asked, keys);
  let pieces = job.pieces;
  for (let from = 0; from < rendered.length || pieces === 0; from += PAGE_ROWS) {
    const rows = rendered.slice(from, from + PAGE_ROWS);
    await writePiece(client, job, FILE_NO.original, pieces, originalText(rows));
    await writePiece(client, job, FILE_NO.table, pieces, tableText(rows, pieces === 0 ? exportHead(job.question) : null));
    pieces++;
  }
  const delivered = job.delivered + BigInt(rendered.length);
  const place: Place = { register, after, sheet: 0 };
  if (more) {
    await changeJob(client, job, { state: 'writing', place, pieces, delivered });
    return;
  }
  if (delivered !== job.promised) {
    const fault = `${job.promised} rows were promised, and ${delivered} are there`;
    await dropPieces(client, job.id);
    await changeJob(client, job, { state: 'failed', place, pieces, delivered, fault });
    return;
  }
  await changeJob(client, job, { state: job.question.sheets ? 'sheets' : 'sealing', place, pieces, delivered });
}

async function pageQuestion(client: ClientBase, { question }: ExportJob): Promise<PageQuestion> {
  const register = registerOf((await ask(client, REGISTER)).rows);
  const [first] = idRows((await ask(client, SNAPSHOT_UP_TO(question.snapshot))).rows);
  const upTo = first as string;
  const except = idRows((await ask(client, SNAPSHOT_EXCEPT(question.snapshot, upTo))).rows);
  return { question, register, batches: { upTo, except } };
}

type Next = { readonly rendered: readonly Rendered[]; readonly after: Place['after']; readonly more: boolean };

async function nextRows(client: ClientBase, job: ExportJob, asked: PageQuestion, keys: AccountKeys): Promise<Next> {
  const naming = { language: job.question.language, register: asked.register };
  if (job.question.kind === 'flows') {
    const rows = z.array(PairRow).parse((await ask(client, pairsPage(asked))).rows);
    return { rendered: rows.map((row) => renderPair(row, naming)), after: null, more: false };
  }
  const rows = z.array(PaymentRow).parse((await ask(client, paymentPage(asked, job.place?.after ?? null))).rows);
  const last = rows.at(-1);
  return {
    rendered: rows.map((row) => renderPayment(job.question.masking === 'open' ? opened(row, keys) : row, naming)),
    after: last ? [last.accepted_at, last.key] : (job.place?.after ?? null),
    more: rows.length === PAGE_ROWS,
  };
}

function opened(row: PaymentRow, keys: AccountKeys): PaymentRow {
  const open = (sealed: string | null) => (sealed === null ? null : keys.open(Buffer.from(sealed, 'base64')));
  return { ...row, payer_account: open(row.payer_account), payee_account: open(row.payee_account) };
}

function originalText(rows: readonly Rendered[]): Buffer {
  return Buffer.from(rows.map(({ original }) => `${JSON.stringify(original)}\n`).join(''));
}

/** The byte order mark lets a spreadsheet read Chinese. */
function tableText(rows: readonly Rendered[], head: readonly string[] | null): Buffer {
  const lines = rows.map(({ cells }) => cells.map(cellText));
  const text = stringify(head ? [[...head], ...lines] : lines, { record_delimiter: 'windows' });
  return Buffer.from(head ? `\ufeff${text}` : text);
}

function cellText(cell: Cell): string {
  return typeof cell === 'string' ? neutralCell(cell) : cell.decimal;
}

const idRows = (rows: unknown): readonly string[] =>
  z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
const ask = (client: ClientBase, sql: Prisma.Sql) => client.query(sql.text, sql.values);

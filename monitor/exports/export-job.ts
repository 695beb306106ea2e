import type { ClientBase } from 'pg';
import * as z from 'zod';
import { EXPORT_STATES, ExportQuestion } from '@/domain/evidence/export-question';

/** Where the work stands: which register the names are of, the last row written, and the next workbook. */
const Place = z.object({ register: z.string(), after: z.tuple([z.string(), z.string()]).nullable(), sheet: z.int() });
export type Place = z.infer<typeof Place>;

const Row = z.object({
  id: z.string(),
  state: z.enum(EXPORT_STATES),
  question: z.string().transform((text) => ExportQuestion.parse(JSON.parse(text))),
  promised: z.coerce.bigint(),
  delivered: z.coerce.bigint(),
  place: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : Place.parse(JSON.parse(text)))),
  pieces: z.int(),
  auditEventId: z.string().nullable(),
});
export type ExportJob = z.infer<typeof Row>;

/**
 * The job that was asked for first and is not done; null where there is nothing to do. It is not locked: a lock is a transaction with a
 * number, and the live figures wait for the oldest of these. Whoever changes it meanwhile makes the step's own change fail.
 */
export async function jobAtWork(client: ClientBase): Promise<ExportJob | null> {
  const { rows } = await client.query(
    `select id::text as id, state, question, promised_rows::text as promised, delivered_rows::text as delivered, place, pieces,
       audit_event_id::text as "auditEventId"
     from export_job
     where state in ('queued', 'writing', 'sheets', 'sealing', 'proving')
     order by requested_at, id
     limit 1`,
  );
  return rows[0] ? Row.parse(rows[0]) : null;
}

export type JobChange = {
  readonly state?: ExportJob['state'];
  readonly delivered?: bigint;
  readonly place?: Place | null;
  readonly pieces?: number;
  readonly fault?: string;
};

export async function changeJob(client: ClientBase, job: ExportJob, change: JobChange): Promise<void> {
  const next = { ...job, ...change };
  await client.query(
    `update export_job
     set state = $2, delivered_rows = $3, place = $4, pieces = $5, fault = $6, updated_at = clock_timestamp()
     where id = $1`,
    [job.id, next.state, next.delivered, next.place === null ? null : JSON.stringify(next.place), next.pieces, change.fault ?? null],
  );
}

/** Files in the order they stand in the bundle. */
export const FILE_NO = { manifest: 0, signature: 1, proof: 2, verifier: 3, original: 4, table: 5, sheets: 6 } as const;

export async function writePiece(client: ClientBase, job: ExportJob, file: number, piece: number, content: Uint8Array): Promise<void> {
  await client.query('insert into export_piece (job_id, file_no, piece_no, content) values ($1, $2, $3, $4)', [
    job.id,
    file,
    piece,
    content,
  ]);
}

export async function dropPieces(client: ClientBase, jobId: string): Promise<void> {
  await client.query('delete from export_piece where job_id = $1', [jobId]);
  await client.query('delete from export_file where job_id = $1', [jobId]);
}

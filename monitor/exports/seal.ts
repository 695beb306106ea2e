import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ClientBase } from 'pg';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { BUNDLE_FILES, MANIFEST_FORMAT, type Manifest, manifestText, SIGNATURE_FORMAT } from '@/domain/evidence/manifest';
import { COLUMNS_VERSION, exportColumns } from '@/server/evidence/export-columns';
import { WORDS_VERSION } from '@/server/evidence/export-words';
import { sha256Hex } from '@/server/evidence/sha256';
import type { Signer } from '@/server/evidence/signing';
import { changeJob, type ExportJob, FILE_NO, type Place, writePiece } from './export-job';
import { SHEET_ROWS_MAX } from './write-sheet';

const READ_PIECES = 4;

type Sealed = {
  readonly no: number;
  readonly name: string;
  readonly rows: bigint | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly crc32: number;
};

/** Hashes what was written, states it in the manifest, signs that, and puts on record in the audit log that it did. */
export async function seal(
  client: ClientBase,
  job: ExportJob,
  { signer, verifier, platform }: { signer: Signer; verifier: Buffer; platform: string },
): Promise<void> {
  // All reading comes first: from the first thing written on, the live figures wait for this transaction.
  const data = await dataFiles(client, job);
  const files = [await writeWhole(client, job, FILE_NO.verifier, BUNDLE_FILES.verifier, verifier), ...data];
  const manifest = manifestText(await manifestOf(client, job, files, platform));
  const digest = sha256Hex(manifest);
  const content = { format: SIGNATURE_FORMAT, manifest: digest, key: signer.published } as const;
  const signature = `${canonicalJson({ ...content, signature: signer.sign(SIGNATURE_FORMAT, content) })}\n`;
  const all = [
    await writeWhole(client, job, FILE_NO.manifest, BUNDLE_FILES.manifest, Buffer.from(manifest)),
    await writeWhole(client, job, FILE_NO.signature, BUNDLE_FILES.signature, Buffer.from(signature)),
    ...files,
  ];
  for (const file of all) await keepFile(client, job.id, file);
  const { rows } = await client.query<{ id: string }>(
    `insert into audit_event (action, subject_type, subject_id, detail) values ('export.sealed', 'export', $1, $2) returning id::text as id`,
    [job.id, { manifestSha256: digest, rows: String(job.delivered), files: files.length }],
  );
  await client.query('update export_job set manifest = $2, audit_event_id = $3 where id = $1', [job.id, manifest, rows[0]?.id]);
  await changeJob(client, job, { state: 'proving' });
}

export async function keepFile(client: ClientBase, jobId: string, file: Sealed): Promise<void> {
  await client.query('insert into export_file (job_id, no, name, rows, bytes, sha256, crc32) values ($1, $2, $3, $4, $5, $6, $7)', [
    jobId,
    file.no,
    file.name,
    file.rows,
    file.bytes,
    file.sha256,
    file.crc32,
  ]);
}

/** Writes a small file in one piece. */
export async function writeWhole(client: ClientBase, job: ExportJob, no: number, name: string, content: Buffer): Promise<Sealed> {
  await writePiece(client, job, no, 0, content);
  return { no, name, rows: null, bytes: content.length, sha256: sha256Hex(content), crc32: crc32(content) };
}

async function dataFiles(client: ClientBase, job: ExportJob): Promise<readonly Sealed[]> {
  const { kind, sheets } = job.question;
  const rows = job.delivered;
  const files = [
    await read(client, job, FILE_NO.original, `${kind}.ndjson`, rows),
    await read(client, job, FILE_NO.table, `${kind}.csv`, rows),
  ];
  const count = sheets ? (job.place as Place).sheet : 0;
  for (let sheet = 0; sheet < count; sheet++) {
    const before = BigInt(sheet * SHEET_ROWS_MAX);
    const ofSheet = rows - before < SHEET_ROWS_MAX ? rows - before : BigInt(SHEET_ROWS_MAX);
    const number = count === 1 ? '' : `-${String(sheet + 1).padStart(String(count).length, '0')}`;
    files.push(await read(client, job, FILE_NO.sheets + sheet, `${kind}${number}.xlsx`, ofSheet));
  }
  return files;
}

async function read(client: ClientBase, job: ExportJob, no: number, name: string, rows: bigint): Promise<Sealed> {
  const hash = createHash('sha256');
  let [checksum, bytes] = [0, 0];
  for (let from = 0; ; from += READ_PIECES) {
    const { rows: pieces } = await client.query<{ content: Buffer }>(
      'select content from export_piece where job_id = $1 and file_no = $2 and piece_no >= $3 and piece_no < $4 order by piece_no',
      [job.id, no, from, from + READ_PIECES],
    );
    for (const { content } of pieces) {
      hash.update(content);
      checksum = crc32(content, checksum);
      bytes += content.length;
    }
    if (pieces.length < READ_PIECES) return { no, name, rows, bytes, sha256: hash.digest('hex'), crc32: checksum };
  }
}

const People = z.tuple([
  z.object({
    purpose: z.string(),
    requester: z.string(),
    requesterName: z.string(),
    requestedAt: z.date(),
    decider: z.string().nullable(),
    deciderName: z.string().nullable(),
    decidedAt: z.date().nullable(),
    note: z.string().nullable(),
  }),
]);

async function manifestOf(client: ClientBase, job: ExportJob, files: readonly Sealed[], platform: string): Promise<Manifest> {
  const { rows } = await client.query(
    `select j.purpose, r.login as requester, r.display_name as "requesterName", j.requested_at as "requestedAt", d.login as decider,
       d.display_name as "deciderName", j.decided_at as "decidedAt", j.decision_note as note
     from export_job j
     join app_user r on r.id = j.requested_by
     left join app_user d on d.id = j.decided_by
     where j.id = $1`,
    [job.id],
  );
  const [people] = People.parse(rows);
  return {
    format: MANIFEST_FORMAT,
    content: {
      question: job.question,
      register: (job.place as Place).register,
      versions: { platform, columns: `${COLUMNS_VERSION}-${WORDS_VERSION}` },
      columns: [...exportColumns(job.question)],
      rows: { promised: String(job.promised), delivered: String(job.delivered) },
      sheetRowsMax: job.question.sheets ? SHEET_ROWS_MAX : null,
      files: files.map(({ name, bytes, rows: count, sha256 }) => ({
        name,
        bytes: String(bytes),
        rows: count === null ? null : String(count),
        sha256,
      })),
    },
    release: {
      id: job.id,
      purpose: people.purpose,
      requested: { login: people.requester, name: people.requesterName, at: people.requestedAt.toISOString() },
      approved:
        people.decider === null || people.decidedAt === null
          ? null
          : { login: people.decider, name: people.deciderName ?? '', at: people.decidedAt.toISOString(), note: people.note ?? '' },
    },
  };
}
